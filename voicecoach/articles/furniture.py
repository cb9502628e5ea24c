"""What of a web page is furniture, told by its elements, roles and class names."""

import re

from voicecoach.articles.markup import Token

_FURNITURE = {"nav": "navigation", "footer": "page footer", "aside": "aside", "button": "button",
              "select": "form", "option": "form", "figcaption": "caption", "dialog": "dialog",
              "label": "form", "audio": "media", "video": "media", "object": "media"}  # fmt: skip
_ROLES = {"navigation": "navigation", "banner": "page header", "contentinfo": "page footer",
          "complementary": "aside", "search": "form", "dialog": "dialog"}  # fmt: skip
_CLASSES = {
    "navigation": "nav navbar navigation menu submenu breadcrumb breadcrumbs toc pagination pager topbar "
                  "sitemap tabs skip",
    "cookie notice": "cookie cookies consent gdpr",
    "reader comments": "comment comments commentlist respond disqus reviews discussion",
    "links to other pages": "related recommended recommendations readmore morelinks popular trending teaser",
    "sharing buttons": "share sharing social sharedaddy addtoany",
    "advert": "ad ads advert adverts advertisement advertorial sponsor sponsored promo promotion adsbygoogle "
              "banner taboola outbrain",
    "newsletter": "newsletter subscribe subscription signup optin mailchimp",
    "aside": "sidebar widget widgets popup modal overlay",
    "page footer": "footer footnote footnotes copyright colophon bottombar",
    "byline": "byline author bio meta postmeta dateline rating ratings",
}  # fmt: skip
_BY_CLASS = {word: why for why, words in _CLASSES.items() for word in words.split()}
_WHOLE_PAGE = {"html", "body", "main", "article"}
_NEVER = {"h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary", "dt", "legend", "a", "span"}
_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]*")
_HAS = ("has-", "no-", "with-", "is-", "js-", "wp-", "show-", "hide-", "single-", "page-", "post-type", "t-")
_MOST_CLASSES = 20


def class_words(given: str) -> set[str]:
    """Return the words in an element's class names, but for those that only tell what it has or is."""
    names = [each for each in given.split()[:_MOST_CLASSES] if not each.startswith(_HAS)]
    return {word.lower() for each in names for word in _WORDS.findall(each)}


def furniture(token: Token) -> str:
    """Return why an element is no content of its page ("navigation"), or ""."""
    if token.name in _FURNITURE:
        return _FURNITURE[token.name]
    if token.name in _WHOLE_PAGE or not token.attributes:
        return ""
    given = token.attributes
    if given.get("role") in _ROLES:
        return _ROLES[given["role"]]
    if token.name in _NEVER:
        return ""
    words = class_words(f"{given.get('class', '')} {given.get('id', '')}")
    return next((_BY_CLASS[word] for word in sorted(words) if word in _BY_CLASS), "")

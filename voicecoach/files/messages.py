"""What an error of the system about a file means, in words, with what to do."""

import errno

from voicecoach.errors import FileError

# What an error of the system means, and what to do.
_WORDS = {
    errno.ENOENT: ("no such file or folder", "check the name"),
    errno.ENOTDIR: ("a part of this path is a file and no folder", "check the path"),
    errno.EISDIR: ("this is a folder", "name a file in it"),
    errno.EACCES: ("permission denied", "choose a place that is yours, or change its permissions"),
    errno.EPERM: ("permission denied", "choose a place that is yours, or change its permissions"),
    errno.EROFS: ("this place is read-only", "choose another folder"),
    errno.ENOSPC: ("the disk is full", "free some space, or choose another disk"),
    errno.EDQUOT: ("your quota of disk space is used up", "free some space, or choose another disk"),
    errno.EFBIG: ("the file grew larger than allowed here", "choose another disk, or raise the limit"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    errno.ELOOP: ("its links lead in a circle", "name the file itself"),
}

IS_FOLDER = _WORDS[errno.EISDIR]
NO_FILE = ("this is no ordinary file", "name a file on a disk")
NO_NAME = ("no file can have this name", "check the name")


def file_error(path: object, error: OSError) -> FileError:
    """Return an error of the system at `path` in words, with what to do."""
    what, hint = _WORDS.get(error.errno or 0, (error.strerror or str(error), "try another place"))
    return FileError(path, what, hint)

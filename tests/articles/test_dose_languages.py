"""What Czech, German, Spanish and French sentences state about a dose."""

import pytest

from voicecoach.articles.dose import read_doses, settle
from voicecoach.articles.language import load_language
from voicecoach.model import Sides
from voicecoach.units import Range

EACH, ALTERNATE = Sides.EACH, Sides.ALTERNATE

CZECH = {
    "Držte 12 s a opakujte 6 krát.": {"hold": 12, "reps": 6},
    "V krajní poloze vydržíme 2 vteřiny a vracíme se -> cvik opakujeme 7x": {"hold": 2, "reps": 7},
    "Výdrž 20 až 40 vteřin": {"hold": (20, 40)},
    "Vydržte půl minuty.": {"hold": 30},
    "Setrvejte minutu.": {"hold": 60},
    "Zůstaňte v poloze několik sekund.": {},
    "Opakujte osmkrát na každou stranu.": {"reps": 8, "sides": EACH},
    "Opakujte dvakrát až třikrát.": {"reps": (2, 3)},
    "Opakujte čtyřikrát až devětkrát.": {"reps": (4, 9)},
    "Opakujte až dvanáctkrát.": {"reps": (12, "open")},
    "Cvik zopakujte pětadvacetkrát.": {"reps": 25},
    "3 série po 8 opakováních, mezi sériemi minuta pauza": {"sets": 3, "reps": 8, "rest": 60},
    "2 x 12 opakování": {"sets": 2, "reps": 12},
    "Opakujeme 5x, potom vystřídáme nohy, celkem 15x na každou nohu": {"reps": 5, "sets": 3, "sides": EACH},
    "Počet opakování: 8-12": {"reps": (8, 12)},
    "Totéž na druhou stranu": {"sides": EACH},
    "Zopakujte na druhé straně.": {"sides": EACH},
    "Střídavě": {"sides": ALTERNATE},
    "Cvičte 2x denně.": {"frequency": "2x denně"},
    "Alespoň třikrát týdně": {"frequency": "Alespoň třikrát týdně"},
    "Výdrž 8 sekund, postupně prodlužujte až na 20 sekund.": {"hold": 8},
    "6 hlubokých nádechů": {"breaths": 6},
    "Pokračujte 3 minuty.": {"duration": 180},
    "Opakujte ___ krát": {"reps": None},
    "Nezadržujte dech 10 sekund.": {},
    "Pokrčte nohu do úhlu 90 stupňů.": {},
    "Cvik 3": {},
    "Udělejte 14 dřepů.": {"reps": 14},
    "Výdrž půl minuty až minutu.": {"hold": (30, 60)},
    "Zvedněte nohu 10 cm nad zem a vydržte 4 s.": {"hold": 4},
    "Mezi sériemi odpočívejte 40 sekund.": {"rest": 40},
    "Polohu držte 15 vteřin a poté nohy vystřídejte.": {"hold": 15, "sides": EACH},
}
GERMAN = {
    "Halten Sie die Position zwölf bis zwanzig Sekunden.": {"hold": (12, 20)},
    "Position 25 Sekunden halten und 8 Mal wiederholen.": {"hold": 25, "reps": 8},
    "15 Sek. halten": {"hold": 15},
    "Eine halbe Minute halten.": {"hold": 30},
    "Anderthalb Minuten halten": {"hold": 90},
    "Bis zu 45 Sekunden halten": {"hold": (45, "open")},
    "Bleiben Sie mindestens 40 Sekunden in dieser Position.": {"hold": 40},
    "Einige Sekunden halten": {},
    "4 Sätze à 8-10 Wiederholungen": {"sets": 4, "reps": (8, 10)},
    "2 x 20 Sekunden": {"sets": 2, "hold": 20},
    "9 Rotationen pro Seite": {"reps": 9, "sides": EACH},
    "6 Wdh. pro Bein": {"reps": 6, "sides": EACH},
    "Wiederholen Sie 6 bis 9 Mal je Seite.": {"reps": (6, 9), "sides": EACH},
    "Viermal wiederholen": {"reps": 4},
    "Zwei- bis dreimal wiederholen": {"reps": (2, 3)},
    "Wiederholen Sie das fünfundzwanzigmal.": {"reps": 25},
    "Die Übung 12-mal wiederholen, dann Seitenwechsel.": {"reps": 12, "sides": EACH},
    "6-8 tiefe Atemzüge": {"breaths": (6, 8)},
    "Mit dem anderen Bein wiederholen.": {"sides": EACH},
    "Dann die Seite wechseln.": {"sides": EACH},
    "Abwechselnd links und rechts": {"sides": ALTERNATE},
    "20 Sekunden Pause zwischen den Sätzen": {"rest": 20},
    "Wiederholungen: 9 pro Bein": {"reps": 9, "sides": EACH},
    "Haltezeit: 15 Sekunden": {"hold": 15},
    "Zwei- bis dreimal täglich": {"frequency": "Zwei- bis dreimal täglich"},
    "Jeden zweiten Tag": {"frequency": "Jeden zweiten Tag"},
    "Steigern Sie auf 40 Sekunden.": {},
    "Halten Sie die Luft nicht an.": {},
    "Etwa 15 bis 25 Sekunden lang halten, wechseln Sie dann die Seite.": {"hold": (15, 25), "sides": EACH},
    "Führen Sie 4 Sätze mit je 9 Wiederholungen durch.": {"sets": 4, "reps": 9},
    "Die andere Seite genauso.": {"sides": EACH},
    "Wdh.: 9": {"reps": 9},
    "Beide Seiten je 6 Mal": {"reps": 6, "sides": EACH},
    "Nicht länger als 20 Sekunden halten.": {"hold": (20, "open")},
    "Zählen Sie langsam bis sechs.": {"hold": 6},
}
SPANISH = {
    "Aguante así durante 12 segundos y repita 6 veces el movimiento.": {"hold": 12, "reps": 6},
    "Repita 9 veces a cada lado.": {"reps": 9, "sides": EACH},
    "Apriete los glúteos durante 4-5 segundos y baje.": {"hold": (4, 5)},
    "Basta con medio minuto por pierna": {"hold": 30, "sides": EACH},
    "Mantén la posición durante un minuto y medio": {"hold": 90},
    "Mantenga de 15 a 25 segundos": {"hold": (15, 25)},
    "Mantenga treinta y cinco segundos": {"hold": 35},
    "Mantenga hasta 40 segundos": {"hold": (40, "open")},
    "Mantenga unos segundos": {},
    "8-12 repeticiones en 2-3 series": {"reps": (8, 12), "sets": (2, 3)},
    "4 series de 9 repeticiones": {"sets": 4, "reps": 9},
    "3 series de 8 a 12 repeticiones": {"sets": 3, "reps": (8, 12)},
    "Repeticiones: 8-12 veces": {"reps": (8, 12)},
    "Repita dos o tres veces": {"reps": (2, 3)},
    "Empiece con 4 repeticiones y aumente hasta 12.": {"reps": 4},
    "Cambia de lado.": {"sides": EACH},
    "Repita con la otra pierna.": {"sides": EACH},
    "Alternando las piernas": {"sides": ALTERNATE},
    "Descanse 20 segundos entre series.": {"rest": 20},
    "Descanso: 2 min": {"rest": 120},
    "Seis respiraciones profundas": {"breaths": 6},
    "Dos o tres veces al día": {"frequency": "Dos o tres veces al día"},
    "Al menos 2 veces por semana": {"frequency": "Al menos 2 veces por semana"},
    "Cruce una pierna sobre la otra": {},
    "Gire hacia el lado contrario": {},
    "No contenga la respiración": {},
    "9 repeticiones a cada lado": {"reps": 9, "sides": EACH},
    "Alterna las piernas": {"sides": ALTERNATE},
    "Una vez al día": {"frequency": "Una vez al día"},
    "Cuenta hasta 6 y suelta.": {"hold": 6},
    "Flexione la rodilla a 90 grados.": {},
}
FRENCH = {
    "Gardez la position pendant une minute en soufflant.": {"hold": 60},
    "Restez ainsi 15 à 25 secondes, puis changez de côté": {"hold": (15, 25), "sides": EACH},
    "Gardez la pose 20 secondes, puis faites-en autant, la même chose de l'autre côté.": {"hold": 20, "sides": EACH},
    "Tenez quelques secondes puis relâchez.": {},
    "Maintenez une demi-minute": {"hold": 30},
    "Tenez une minute et demie": {"hold": 90},
    "Tenez quatre-vingt-dix secondes": {"hold": 90},
    "Tenez jusqu'à 50 secondes": {"hold": (50, "open")},
    "Recommencez deux à quatre fois": {"reps": (2, 4)},
    "Répétez 9 fois de chaque côté.": {"reps": 9, "sides": EACH},
    "12 répétitions par jambe": {"reps": 12, "sides": EACH},
    "4 séries de 8 répétitions": {"sets": 4, "reps": 8},
    "3 x 20 secondes": {"sets": 3, "hold": 20},
    "Faites une dizaine de répétitions": {"reps": 10},
    "Commencez par 4 répétitions puis augmentez jusqu'à 12.": {"reps": 4},
    "Reposez-vous 20 secondes entre les séries": {"rest": 20},
    "Six respirations profondes": {"breaths": 6},
    "En alternant les jambes": {"sides": ALTERNATE},
    "Répétez avec l'autre jambe.": {"sides": EACH},
    "Deux fois par jour": {"frequency": "Deux fois par jour"},
    "Trois fois par semaine": {"frequency": "Trois fois par semaine"},
    "Répétitions : 14": {"reps": 14},
    "Ne retenez pas votre respiration": {},
    "Tenez la position entre 15 et 25 secondes.": {"hold": (15, 25)},
    "Une fois par jour": {"frequency": "Une fois par jour"},
    "Alternez les jambes": {"sides": ALTERNATE},
    "Gardez la posture une trentaine de secondes.": {"hold": 30},
    "Faites une pause de 20 secondes entre chaque série": {"rest": 20},
    "Serrez les genoux pliés l'un contre l'autre": {},
    "La douleur dure plus de 6 semaines": {},
}
CASES = [
    pytest.param(tag, text, dose, id=f"{tag}: {text}")
    for tag, table in {"cs": CZECH, "de": GERMAN, "es": SPANISH, "fr": FRENCH}.items()
    for text, dose in table.items()
]


def short(value: object) -> object:
    if not isinstance(value, Range):
        return value
    lo, hi = ((each / 1000 if each >= 1000 else each) for each in (value.lo, value.hi))
    return (hi, "open") if value.open_end else (lo, hi) if lo != hi else hi


@pytest.mark.parametrize(("tag", "text", "dose"), CASES)
def test_a_sentence_states_its_dose(tag: str, text: str, dose: dict[str, object]) -> None:
    settled = settle(read_doses(text, load_language(tag)))
    assert {field: short(each.value) for field, each in settled.items()} == dose

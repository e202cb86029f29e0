"""Fairsheet's own words in sentences about the data, in each language it speaks.

They are right for any name, whatever its number and gender: in German, French and Spanish the subject is the value.
"""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = {
    "ranked highest": "the highest is {first}, ahead of {second}",
    "ranked highest shared": "the highest are {first}, ahead of {second}",
    "ranked lowest": "the lowest is {first}, followed by {second}",
    "ranked lowest shared": "the lowest are {first}, followed by {second}",
    "ranked one": "{name} at {value}",
    "ranked several": "{name} at {value} each",
    "ranked level": "{name} are level at {value} each",
    "ranked first highest": "the {count} highest are {all}",
    "ranked first lowest": "the {count} lowest are {all}",
    "ranked open highest": "which is the highest is open: {all} lie within the margin of error",
    "ranked open lowest": "which is the lowest is open: {all} lie within the margin of error",
}

_GERMAN = {
    "ranked highest": "der höchste Wert entfällt auf {first}, der zweithöchste auf {second}",
    "ranked highest shared": "der höchste Wert entfällt auf {first}, der zweithöchste auf {second}",
    "ranked lowest": "der niedrigste Wert entfällt auf {first}, der zweitniedrigste auf {second}",
    "ranked lowest shared": "der niedrigste Wert entfällt auf {first}, der zweitniedrigste auf {second}",
    "ranked one": "{name} ({value})",
    "ranked several": "{name} (je {value})",
    "ranked level": "{name} liegen gleichauf bei je {value}",
    "ranked first highest": "die {count} höchsten Werte entfallen auf {all}",
    "ranked first lowest": "die {count} niedrigsten Werte entfallen auf {all}",
    "ranked open highest": "welcher Wert der höchste ist, bleibt offen: {all} liegen innerhalb der Fehlerspanne",
    "ranked open lowest": "welcher Wert der niedrigste ist, bleibt offen: {all} liegen innerhalb der Fehlerspanne",
}

_FRENCH = {
    "ranked highest": "la valeur la plus élevée revient à {first}, la suivante à {second}",
    "ranked highest shared": "la valeur la plus élevée revient à {first}, la suivante à {second}",
    "ranked lowest": "la valeur la plus basse revient à {first}, la suivante à {second}",
    "ranked lowest shared": "la valeur la plus basse revient à {first}, la suivante à {second}",
    "ranked one": "{name} ({value})",
    "ranked several": "{name}, à égalité ({value})",
    "ranked level": "{name} sont à égalité à {value}",
    "ranked first highest": "les {count} valeurs les plus élevées reviennent à {all}",
    "ranked first lowest": "les {count} valeurs les plus basses reviennent à {all}",
    "ranked open highest": "la valeur la plus élevée reste incertaine\u00a0: {all} se tiennent dans la marge d’erreur",
    "ranked open lowest": "la valeur la plus basse reste incertaine\u00a0: {all} se tiennent dans la marge d’erreur",
}

_SPANISH = {
    "ranked highest": "el valor más alto corresponde a {first}, el siguiente a {second}",
    "ranked highest shared": "el valor más alto corresponde a {first}, el siguiente a {second}",
    "ranked lowest": "el valor más bajo corresponde a {first}, el siguiente a {second}",
    "ranked lowest shared": "el valor más bajo corresponde a {first}, el siguiente a {second}",
    "ranked one": "{name} ({value})",
    "ranked several": "{name} por igual ({value})",
    "ranked level": "{name} comparten el mismo valor, {value}",
    "ranked first highest": "los {count} valores más altos corresponden a {all}",
    "ranked first lowest": "los {count} valores más bajos corresponden a {all}",
    "ranked open highest": "no se puede decir qué valor es el más alto: {all} están dentro del margen de error",
    "ranked open lowest": "no se puede decir qué valor es el más bajo: {all} están dentro del margen de error",
}

PHRASE_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH,
}  # fmt: skip

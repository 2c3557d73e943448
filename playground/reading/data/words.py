"""Words and signs that say that a value is missing, in the languages that files come in."""

from collections.abc import Collection

from .listed import words_of


def _words(listed: str) -> frozenset[str]:
    return frozenset(words_of(listed))


# A sign over and over: ---, ???, ######## of a spreadsheet whose column is too narrow.
_RUNS = frozenset(sign * n for sign in "#*?-.–—_" for n in range(2, 13))
# They stand for nothing else, in whatever column; a blank cell does so, too.
_MISSING = _words(
    r"""
    na | n/a | n.a. | n. a. | #n/a | #na | nan | -nan | null | nil | (null) | [null] | none | \n | <na> |
    <null> | <none> | nat | ? | ?? | ??? | - | -- | --- | – | — | . | .. | ... | … | * | ** | #ref! |
    #value! | #div/0! | #div/0 | #name? | #num! | #null! | #nv | #wert! | #bezug! | #zahl! | #n/d | #valor! |
    #¡valor! | #¡div/0! | #¡ref! | #valeur! | #нд | #н/д | #знач! | #дел/0! | 1.#qnan | 1.#ind | -1.#ind | : |
    / | － | ／ | -/- | --.-- | ../.. | ‒ | ― | (blank) | [blank] | (missing) | [missing] | <missing> | unknown |
    unk | missing | not available |
    not applicable | not known | no data | nodata | no value | undefined | unspecified | not specified |
    tbd | tba | m/v | n/k | not reported | not recorded | not stated | no answer | no response |
    keine daten | keine antwort | nicht verfügbar | nicht bekannt | k.d. | n.v. | n. v. | n.b. | n.v.t. |
    onbekend | geen | non disponible | non renseigné | s. d. | sin dato | sin información | ns/nc |
    não informado | sem dados | sem informação | non disponibile | nie dotyczy | neuvedeno | nezjištěno |
    nincs adat | okänd | uppgift saknas | ukendt | ukjent | ei tiedossa | bilinmiyor | belirtilmemiş |
    не указано | не указан | нет ответа | неизв. | 不适用 | 暂缺 | 无回答 | 無回答 | 未回答 | 未填写 | 无资料 |
    無資料 | データなし | 자료없음 | 해당없음 | 데이터 없음 | 무응답 | k.a. |
    k. a. | keine angabe | unbekannt | fehlt | s/d | n.d. | n/d | nd | s.o. |
    inconnu | desconocido | sin datos | sconosciuto | brak | brak danych | н/д | нет данных | неизвестно |
    缺失 | 无 | 無 | 空 | 未知 | 不详 | 不詳 | 暂无 | 无数据 | 沒有 | 未填 | 不明 | 欠損 | 欠測 | なし |
    該当なし | 없음 | 결측 | 미상 | 알수없음
    """
)
MISSING = frozenset(("",)) | _RUNS | _MISSING
LEAST_STEPS = 3  # signs of a scale that has a number as well
# In a column of words these may be a kind of their own: a file that has “none” beside “mild” means it.
AMBIGUOUS = _words(
    r"""
    none | nil | geen | 无 | 無 | なし | 없음 | unknown | no value | nd | - | * | 空 | not applicable | 未知
    """
)
# Where one of these stands beside one of those, it is an answer and not a gap.
ANSWERS = _words(
    r"""
    有 | あり | 있음 | some
    """
)

TRUE_WORDS = _words(
    r"""
    yes | y | true | t | on | ja | oui | si | sí | sì | sim | да | tak | 是 | 对 | はい | 예 | 有 | 1 | x
    """
)
FALSE_WORDS = _words(
    r"""
    no | n | false | f | off | nein | non | não | нет | nie | 否 | 不是 | いいえ | 아니요 | 无 | 0
    """
)

# Dates that no calendar has, or the last one of all.
NO_DATES = frozenset(
    (
        "0000-00-00", "0000-00-00 00:00:00", "00.00.0000", "00/00/0000", "00-00-0000", "9999-12-31",
        "31.12.9999", "12/31/9999", "31/12/9999", "9999-12-31 00:00:00",
    )
)  # fmt: skip


def says_missing(cell: str, further: Collection[str] = (), measured: Collection[str] = ()) -> bool:
    """Whether a cell says that its value is not known. In: words that the owner named as missing, or as values."""
    if cell in measured:
        return False
    return cell in further or cell.casefold() in MISSING or cell in NO_DATES


def scale_signs(cells: Collection[str]) -> set[str]:
    """Signs that usually say “missing”, but are steps of a scale here: * to *****, or -- beside ++."""
    signs = {cell for cell in cells if cell and cell[0] in "*-+" and not cell.strip("*-+")}
    if len(signs) < 2:
        return set()
    words = [cell for cell in cells if cell not in signs and cell.casefold() not in MISSING]
    n_numbers = sum(any(map(str.isdecimal, word)) for word in words)
    # * and ** beside numbers are footnotes of an office that keeps them secret.
    if n_numbers > max(1, len(words) / 2) or (n_numbers and len(signs) < LEAST_STEPS):
        return set()
    stars = {sign for sign in signs if not sign.strip("*")}
    has_plus = any(not sign.strip("+") for sign in signs)
    minuses = {sign for sign in signs if not sign.strip("-")} if has_plus else set()
    return minuses | (stars if len(stars) > 1 else set())


def is_flag(values: Collection[str]) -> bool:
    """Whether two words are yes and no."""
    plain = {value.casefold() for value in values}
    if len(plain) != 2:
        return False
    return bool(plain & TRUE_WORDS) and bool(plain & FALSE_WORDS)

"""Encodings, judged by what they give."""

import pytest

from playground.faults import ExperimentError
from playground.reading.data.letters import decoded

from .cases import people, read, told

TEXTS = [
    ("gb18030", "年龄,工资,离职\n25,3000,是\n31,2800,否\n"),
    ("gb18030", "商品名称,价格,类别\n苹果手机,5999,电子产品\n羽绒服,399,服装\n"),
    ("cp932", "年齢,給料,退職\n25,3000,はい\n31,2800,いいえ\n"),
    ("cp932", "商品,値段\nりんご,100\nコーヒー,300\n"),
    ("euc_jp", "商品,値段\nりんご,100\nコーヒー,300\n"),
    ("big5", "縣市,人口\n臺北市,260\n高雄市,270\n"),
    ("cp949", "나이,급여,퇴직\n25,3000,예\n31,2800,아니요\n"),
    ("cp1251", "Город,Население\nМосква,12\nСанкт-Петербург,5\n"),
    ("koi8_r", "возраст,зарплата,ушёл\n25,3000,да\n31,2800,нет\n"),
    ("cp866", "возраст,зарплата\n25,3000\nГород,да\n"),
    ("cp1252", "âge,salaire,démission\n25,3000,oui\nprénom,élève,à\n"),
    ("cp1252", "Größe,Gewicht,Straße\n1,2,Müller\n"),
    ("cp1252", "população,coração,não\n"),
    ("cp1250", "płeć,wiek,miasto\nmężczyzna,25,Łódź\nkobieta,31,Kraków\n"),
    ("cp1250", "věk,město,příjem\n25,Plzeň,nižší\n31,Ústí,vyšší\n"),
    ("cp1253", "ηλικία,μισθός,φύλο\n25,3000,άνδρας\n31,2800,γυναίκα\n"),
    ("cp1254", "yaş,maaş,şehir\n25,3000,İstanbul\n31,2800,Eskişehir\n"),
    ("cp1252", "label,text\nspam,call now for £5\nham,it costs £7 or 3 °C\n"),
    ("cp1252", "label,text\nham,I don’t know – “maybe”\n"),
    ("cp850", "Größe,Gewicht,Straße\n1,2,Müller\n"),
    ("utf-16-le", "age,wage\n25,3000\n"),
    ("utf-16-be", "age,wage\n25,3000\n"),
    ("utf-16", "age,wage\n25,3000\n"),
    ("utf-8", "age,größe,年齢\n1,2,3\n"),
    ("utf-8-sig", "age,größe,年齢\n1,2,3\n"),
]


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(("encoding", "text"), TEXTS)
def test_a_text_is_read_in_the_encoding_it_was_written_in(
    encoding: str, text: str, times: int
) -> None:
    letters = decoded((text * times).encode(encoding))
    assert letters.text == text * times
    assert letters.others == () and letters.bad == 0


@pytest.mark.parametrize("word", ["Jörg", "Zoë", "naïve", "Øst", "garçon", "àlso", "São"])
def test_a_lone_letter_is_western_first(word: str) -> None:
    letters = decoded(f"name,age\n{word},3\nBob,4\n".encode("cp1252"))
    assert letters.text.split("\n")[1] == f"{word},3"


@pytest.mark.parametrize(("word", "encoding"), [("Łódź", "cp1250"), ("Beşiktaş", "cp1254")])
def test_a_lone_word_of_another_language_keeps_its_letters(word: str, encoding: str) -> None:
    assert decoded(f"name,age\n{word},3\n".encode(encoding)).text == f"name,age\n{word},3\n"


def test_bytes_that_only_by_chance_are_utf8_are_asked_about() -> None:
    letters = decoded("山/1.png\n水/1.png".encode("gbk"))
    assert (letters.text, letters.encoding) == ("山/1.png\n水/1.png", "gb18030")
    assert letters.others[0] == "utf-8"


def test_a_few_bad_bytes_do_not_make_another_encoding_of_a_text() -> None:
    data = bytearray(("größer, schöner, weiter\n" * 30).encode())
    data[1] = 0xFF
    letters = decoded(bytes(data))
    assert letters.encoding == "utf-8" and letters.bad > 0
    assert letters.text.count("schöner") == 30


def test_the_encoding_can_be_chosen() -> None:
    text = people().replace("left", "gänzlich")
    assert read(text, "encoding=cp1251", encoding="cp1252").columns[-1].name == "gдnzlich"


def test_nul_characters_are_taken_away_and_told() -> None:
    understood = read(people().replace("yes", "y\x00es"))
    assert told(understood) == ["nul_bytes"] and {entry.name for entry in understood.classes} == {
        "yes",
        "no",
    }


@pytest.mark.parametrize("data", [bytes(500), bytes(range(256)) * 8, b"\0\1\2" * 100])
def test_what_is_no_text_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(ExperimentError, match="not readable text"):
        read(data)


def test_a_few_odd_characters_and_nul_characters_between_letters_leave_a_text_readable() -> None:
    text = people().replace("\n", "\x00\x07\n", 2)
    assert read(text, "target=left").rows == 60

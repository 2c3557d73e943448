"""Words of texts and time series."""

CATALOGUE_ZH: dict[str, str] = {
    "Place names": "地名",
    "6,000 real names of towns and villages, letter by letter; the answer is the country, one of ten.": (
        "6,000 个真实的城镇和村庄名，逐个字母读入：要回答它属于十个国家中的哪一个。"
    ),
}

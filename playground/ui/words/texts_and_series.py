"""Words of texts and time series."""

CATALOGUE_ZH: dict[str, str] = {
    "Place names": "地名",
    "6,000 real names of towns and villages, letter by letter; the answer is the country, one of ten.": (
        "6,000 个真实的城镇和村庄名，逐个字母读入；要回答它属于十个国家中的哪一个。"
    ),
    "Place names to make up": "地名（生成）",
    "Real names of places, each letter to be followed by the right next one: the network can then make up names.": (
        "真实的地名，每个字母之后要接上正确的下一个字母：学会之后网络就能编出新地名。"
    ),
    "country": "国家",
    "Names of one country only, or of all ten": "只用一个国家的地名，或十国全用",
    "all": "全部",
    "Brazil": "巴西",
    "Finland": "芬兰",
    "France": "法国",
    "Germany": "德国",
    "India": "印度",
    "Italy": "意大利",
    "Japan": "日本",
    "Nigeria": "尼日利亚",
    "Poland": "波兰",
    "Turkey": "土耳其",
    "Product reviews": "商品评论",
    "2,682 real sentences from product reviews, word by word; the answer is whether people found them positive.": (
        "2,682 个真实的商品评论句子，逐词读入；要回答人们认为它是正面还是负面。"
    ),
    "max words": "词表大小",
    "Words that the network knows: the most frequent of the training part": "网络认识的词：训练部分中最常见的那些",
    "Hyphenation": "断词",
    "6,000 common English words, letter by letter; the answer is after which letters a hyphen may stand.": (
        "6,000 个常用英语单词，逐个字母读入；要回答哪些字母之后可以加连字符断开。"
    ),
    "window": "窗口",
    "Past steps that the network sees": "网络看到的过去步数",
    "horizon": "预测步数",
    "Steps that it has to foretell": "要预测的未来步数",
    "from last": "以末值为零点",
    "Measure every window from its last value, so that a level never seen before does no harm": (
        "每个窗口都从它的最后一个值量起，这样从未见过的水平也不碍事"
    ),
    "Carbon dioxide, weekly": "二氧化碳（每周）",
    "Carbon dioxide in the air over Mauna Loa, Hawaii, week by week from 1958 to 2001: it rises, and it breathes.": (
        "夏威夷冒纳罗亚上空的二氧化碳，1958 至 2001 年逐周记录：一边上升，一边随季节起伏。"
    ),
    "Sea temperature, monthly": "海水温度（每月）",
    "The sea's surface temperature off Peru, month by month from 1950 to 2010: seasons, and El Niño now and then.": (
        "秘鲁近海的海面温度，1950 至 2010 年逐月记录：有四季，时而有厄尔尼诺。"
    ),
}

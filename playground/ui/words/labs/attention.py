"""Words of the lab about attention."""

TEXT = {
    "title": ("Attention", "注意力"),
    "notice": (
        "Each query is compared with every key, and a softmax turns the scores of a row into weights that sum to 1. "
        "What comes out is a mean of what the keys hold, so it always lies between them.",
        "每个查询与所有键比较，softmax 把一行分数变成和为 1 的权重。输出是各个键所带内容的加权平均，所以总在它们之间。",
    ),
    "try": (
        "Can you place four keys so that a query looks at the key that is not the nearest one? Why does that happen?",
        "你能把四个键摆成这样吗：查询看的不是离它最近的键？为什么会这样？",
    ),
    "field.source": ("Compares", "比较"),
    "field.queries": ("Queries", "查询"),
    "field.keys": ("Keys", "键"),
    "field.query": ("Row", "行"),
    "field.text": ("Sentence", "句子"),
    "field.positions": ("Positions", "位置"),
    "field.heads": ("Heads", "头数"),
    "field.temperature": ("Temperature", "温度"),
    "field.causal": ("Causal", "因果"),
    "field.scores": ("Own scores", "自己的分数"),
    "field.mask": ("Mask", "掩码"),
    "choice.plane": ("points of the plane", "平面上的点"),
    "choice.text": ("words of a sentence", "句子中的词"),
    "surprise.long": ("the longest key wins", "最长的键胜出"),
    "surprise.sharp": ("almost a choice", "几乎是选择"),
    "surprise.no_key": ("a row without any key", "没有任何键的行"),
    "surprise.causal": ("nobody sees the future", "谁也看不到后面"),
    "surprise.no_order": ("without positions, order is lost", "没有位置就没有顺序"),
    "surprise.heads": ("four heads", "四个头"),
    "surprise.padding": ("padding is hidden", "隐藏填充"),
    "number.keys_in_use": ("keys that a row looks at, on average", "每行平均看几个键"),
    "plane": ("Queries, keys, and what comes out", "查询、键与输出"),
    "keys": ("keys", "键"),
    "queries": ("queries", "查询"),
    "mixed": ("output", "输出"),
    "weights": ("Weights", "权重"),
    "scores": ("Scores", "分数"),
    "row": ("Softmax of the row", "这一行的 softmax"),
    "key": ("key", "键"),
    "score": ("score", "分数"),
    "power": ("exponential, beside that of the largest", "指数（相对于最大分数）"),
    "weight": ("weight", "权重"),
    "places": ("Vectors that tell the place", "表示位置的向量"),
    "feature": ("feature", "特征"),
    "most": (
        "{row} looks most at {key}: {share} of its weight.",
        "{row} 最关注 {key}：占其权重的 {share}。",
    ),
    "empty": (
        "{rows} may look at no key at all: the softmax would have to divide 0 by 0, so the weights are NaN, and one step of "
        "training would spread it to every weight of the network. Keep at least one key in each row; PyTorch's "
        "scaled_dot_product_attention gives zeros here instead.",
        "{rows} 一个键也不能看：softmax 要计算 0 除以 0，所以权重是 NaN，训练一步就会传到网络的所有权重。每行至少要保留一个键；"
        "PyTorch 的 scaled_dot_product_attention 在这里给出零。",
    ),
    "twice": (
        "“{word}” stands at places {first} and {second}. Their rows differ by at most {difference}: only the positions tell "
        "them apart.",
        "“{word}”出现在第 {first} 和第 {second} 个位置。两行最多相差 {difference}：只有位置能区分它们。",
    ),
}
HELP_ZH = {
    "source": "plane：可拖动的点；text：句子中的词",
    "queries": "查询：平面上的点",
    "keys": "键：平面上的点",
    "query": "所看的行，从 0 数起",
    "text": "词",
    "positions": "表示词的位置的向量有多强",
    "heads": "各自分开去看的部分",
    "temperature": "分数除以它：小于 1 更尖锐，大于 1 更平缓",
    "causal": "任何一行都不看它后面的内容",
    "scores": "自己的分数，每个查询一行；留空则自动计算",
    "mask": "1 保留一个键，0 隐藏它；留空则全部保留",
}

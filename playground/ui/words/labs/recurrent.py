"""Words of the lab about recurrent cells."""

TEXT = {
    "title": ("Recurrent cells", "循环单元"),
    "notice": (
        "The cell reads one character after the other and keeps what it needs in its state: here, whether a bracket is open. "
        "An LSTM's forget gate decides what stays, its input gate what is written, its output gate what is shown.",
        "循环单元逐个读取字符，把需要的信息保存在状态里：这里是“有没有未闭合的括号”。LSTM 的遗忘门决定保留什么，"
        "输入门决定写入什么，输出门决定显示什么。",
    ),
    "try": (
        "The networks learned from texts with at most four brackets inside each other. How deep can each cell count before it "
        "is wrong?",
        "这些网络学习的文本中，括号最多嵌套四层。每种单元能数到多深才出错？",
    ),
    "field.cell": ("Cell", "单元"),
    "field.text": ("Text", "文本"),
    "field.weights": ("Weights", "权重"),
    "field.step": ("Character", "字符"),
    "field.unit": ("Unit", "神经元"),
    "field.others": ("Batch", "批次"),
    "field.seed": ("Seed", "随机种子"),
    "choice.rnn": ("RNN", "RNN"),
    "choice.lstm": ("LSTM", "LSTM"),
    "choice.gru": ("GRU", "GRU"),
    "choice.trained": ("trained", "训练好的"),
    "choice.fresh": ("fresh", "未训练的"),
    "surprise.deep": ("six deep: the LSTM counts", "六层：LSTM 会数数"),
    "surprise.deep_rnn": ("six deep: the RNN loses count", "六层：RNN 数不清"),
    "surprise.far": ("seventy characters later", "七十个字符之后"),
    "surprise.fresh": ("before learning: the gradient fades", "学习之前：梯度消失"),
    "surprise.closed": ("closed again: the past no longer matters", "闭合之后：过去不再重要"),
    "surprise.never_opened": ("closed, but never opened", "只闭不开"),
    "number.says_open": ("that a bracket is open at the end", "结尾处有未闭合括号的可能"),
    "answer": ("Is a bracket open?", "有未闭合的括号吗？"),
    "truth": ("one is open", "确实有"),
    "says": ("the network's answer", "网络的回答"),
    "gates": ("Gates and states, unit by unit", "各神经元的门与状态"),
    "forget": ("forget f", "遗忘 f"),
    "input": ("input i", "输入 i"),
    "candidate": ("candidate", "候选"),
    "output": ("output o", "输出 o"),
    "cell": ("cell c", "记忆 c"),
    "hidden": ("state h", "状态 h"),
    "reset": ("reset r", "重置 r"),
    "update": ("update z", "更新 z"),
    "one_step": (
        "One step of one unit; h′ and c′ are from the step before",
        "一个神经元的一步；h′ 与 c′ 来自上一步",
    ),
    "reach": (
        "How much of the last state’s gradient reaches each character",
        "最后状态的梯度有多少到达每个字符",
    ),
    "norm": ("norm of the gradient", "梯度的范数"),
    "rnn": ("RNN", "RNN"),
    "lstm": ("LSTM", "LSTM"),
    "gru": ("GRU", "GRU"),
    "padded": ("The batch, padded to the longest text", "批次：填充到最长的文本"),
    "packed": ("The same batch, packed", "同一批次：打包后"),
    "read": ("text", "文本"),
    "length": ("length", "长度"),
    "difference": ("error of the last state without packing", "不打包时最后状态的误差"),
    "all_right": ("Right after each of the {n} characters.", "读完 {n} 个字符，每一步都正确。"),
    "some_wrong": (
        "Right after {right} of {n} characters; the first error comes after character {first}.",
        "{n} 个字符中有 {right} 步正确；第一个错误在第 {first} 个字符之后。",
    ),
    "depends": (
        "The last state depends most on “{character}”, {distance} characters back; of that, {left} times as much reaches the "
        "first character. Where nothing arrives, nothing is learned.",
        "最后的状态最依赖往回 {distance} 个字符处的“{character}”；到达第一个字符的是它的 {left} 倍。梯度到不了的地方就学不到东西。",
    ),
    "padding": (
        "Packing puts the first characters of all texts side by side, then the second ones, and leaves the padding out. "
        "Without it, the cell reads on through the padding of the shorter texts, and its last state is another one.",
        "打包先排所有文本的第一个字符，再排第二个，并去掉填充。不打包时，单元会继续读较短文本的填充，最后的状态就不一样了。",
    ),
}
HELP_ZH = {
    "cell": "由哪种单元来读",
    "text": "要读的文本",
    "weights": "fresh：同一个网络，尚未训练",
    "step": "所看的字符，从 0 数起",
    "unit": "状态中的神经元，从 0 数起",
    "others": "同一批次中同时读取的其他文本",
    "seed": "未训练权重的随机种子",
}

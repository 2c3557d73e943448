"""Layers over sequences, and what Look inside shows of them."""

TEXT: dict[str, tuple[str, str]] = {
    "answer.empty.series": (
        "Press Train, or choose another sequence.",
        "点击“训练”，或换一个序列。",
    ),
    "answer.empty.text": ("Type or paste a text above.", "请在上方输入或粘贴文本。"),
    "attention.title": ("Attention", "注意力"),
    "attention.help": (
        "how much weight each step gets; padding gets none",
        "每一步的权重；填充没有权重",
    ),
    "attention.head": ("head {head}", "第 {head} 个头"),
    "attention.value": (
        "step {i} “{from}” looks at step {j} “{to}”: {value}",
        "第 {i} 步“{from}”对第 {j} 步“{to}”的注意力：{value}",
    ),
    "maps.sequence": (
        "{shown} of {total} features, {steps} steps from left to right",
        "{total} 个特征中的 {shown} 个，从左到右共 {steps} 步",
    ),
    "maps.step_value": (
        "feature {feature} at step {step} “{name}”: {value}",
        "特征 {feature}，第 {step} 步“{name}”：{value}",
    ),
    "sample.validation_text": ("validation text {index}", "验证文本 {index}"),
    "sample.validation_text_label": (
        "validation text {index}, class “{label}”",
        "验证文本 {index}，类别“{label}”",
    ),
    "sample.validation_series": ("validation sequence {index}", "验证序列 {index}"),
    "sample.validation_series_label": (
        "validation sequence {index}, class “{label}”",
        "验证序列 {index}，类别“{label}”",
    ),
}

CATALOGUE_ZH: dict[str, str] = {
    "The simplest recurrent network: the new state is the tanh of the weighted input plus the weighted old state.": "最简单的循环网络：新状态是输入与旧状态加权求和后的 tanh。",
    "A recurrent network with long-lasting memory: three gates control what is written, forgotten and read.": "具有长期记忆的循环网络：三个门控制写入、遗忘和读取。",
    "A lighter LSTM: two gates decide how much of the state is updated.": "更轻的 LSTM：两个门决定状态更新多少。",
    "Conv1d over time": "时间卷积（Conv1d）",
    "Slides small learned filters along time; the number of steps stays the same.": "让可学习的小滤波器沿时间滑动，步数不变。",
    "Positions": "位置编码",
    "Adds information about its position to every step, since attention alone does not know the order.": "给每一步加上位置信息，因为注意力本身不知道顺序。",
    "Transformer encoder": "Transformer 编码器",
    "Lets every step look at every other through attention, then processes each step on its own.": "先用注意力让每一步看到其他各步，再单独处理每一步。",
    "Attention pool": "注意力池化",
    "Turns a sequence into one vector: the mean of its steps, weighted by how much each one matters.": "把序列变成一个向量：按各步的重要程度加权平均。",
    "Size of the state of each direction": "每个方向的状态大小",
    "layers": "层数",
    "Number of layers; each reads the states of the one below": "层数，每一层读取下一层的状态",
    "bidirectional": "双向",
    "Also read from the end to the beginning": "同时从末尾向开头读一遍",
    "dropout": "丢弃比例",
    "Dropout between the layers; has no effect with a single layer": "层与层之间的 Dropout；只有一层时无效",
    "returns": "输出",
    "sequence: the state after every step; last: only the state after the last real step of each direction": "整个序列：每一步之后的状态；最后一步：每个方向在最后一个有效步之后的状态",
    "sequence": "整个序列",
    "nonlinearity": "非线性",
    "The activation of the new state": "新状态的激活函数",
    "tanh": "双曲正切 tanh",
    "relu": "修正线性 ReLU",
    "forget bias": "遗忘门偏置",
    "Initial bias of the forget gates; above 0 the memory lasts longer; blank: default": "遗忘门的初始偏置；大于 0 时记忆保持更久；留空则用默认值",
    "Steps that the filter sees": "滤波器看到的步数",
    "steps": "步",
    "dilation": "膨胀",
    "Distance between these steps: 2 skips every other one": "这些步之间的距离：2 表示隔一步取一步",
    "causal": "因果",
    "Only look at this step and earlier ones, as a forecast must": "只看当前步和更早的步，预测时必须如此",
    "learned: one vector per position; sinusoidal: fixed waves of different frequencies": "可学习：每个位置一个向量；正弦：不同频率的固定波形",
    "learned": "可学习",
    "sinusoidal": "正弦",
    "heads": "头数",
    "Number of attention heads, each working on its part of the features": "注意力头的个数，各处理一部分特征",
    "feedforward": "前馈单元",
    "Hidden units of the part that processes each step": "单独处理每一步的部分的隐藏单元数",
    "norm first": "先归一化",
    "Normalise before each part instead of after it, which is easier to train": "在每个部分之前而非之后归一化，更容易训练",
    "hidden": "隐藏单元",
    "Hidden tanh units between a step and its score; blank: none": "一步与其得分之间带 tanh 的单元数；留空则没有",
    "upper right": "右上",
    "upper left": "左上",
    "lower left": "左下",
    "lower right": "右下",
    "Remember the start": "记住开头",
    "Synthetic: a point in the plane at the first step, then zeros; the answer is the quadrant of the point.": "合成数据：第一步是平面上的一个点，之后全是零；答案是该点所在的象限。",
    "Number of sequences": "序列的条数",
    "Steps until the question": "到提问为止的步数",
}

FAULTS_ZH: dict[str, str] = {
    "heads_do_not_divide": "{features} 个特征无法平均分给 {heads} 个注意力头，请选择能整除它的数",
}

REPAIRS: dict[str, tuple[str, str]] = {
    "use_fitting_heads": ("Use a number of heads that fits", "改用合适的头数"),
}

"""Layers over sequences, and what Look inside shows of them."""

TEXT: dict[str, tuple[str, str]] = {
    "answer.sequence": ("Press Train, or choose another sequence.", "按“训练”，或换一个序列。"),
    "attention.title": ("Where it attends", "注意力所在"),
    "attention.help": (
        "how much each step counts; padding never does",
        "每一步有多重要；填充永远不计",
    ),
    "attention.head": ("head {head}", "头 {head}"),
    "attention.value": (
        "step {i} “{from}” looks at step {j} “{to}”: {value}",
        "第 {i} 步“{from}”看第 {j} 步“{to}”：{value}",
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
        "validation text {index}, “{label}”",
        "验证文本 {index}，“{label}”",
    ),
    "sample.validation_series": ("validation sequence {index}", "验证序列 {index}"),
    "sample.validation_series_label": (
        "validation sequence {index}, “{label}”",
        "验证序列 {index}，“{label}”",
    ),
}

CATALOGUE_ZH: dict[str, str] = {
    "The plain recurrent network: the new state is tanh of the input and the old state, both weighted.": "普通循环网络：新状态是输入与旧状态加权后的 tanh。",
    "A recurrent network with a memory that three gates write, forget and read, so that it lasts long.": "带记忆的循环网络：三个门负责写入、遗忘和读取，使记忆能长久保持。",
    "A lighter LSTM: two gates decide how much of the state is renewed.": "更轻的 LSTM：两个门决定状态更新多少。",
    "Conv1d over time": "时间卷积（Conv1d）",
    "Slides small learned filters along time; the number of steps stays.": "让可学习的小滤波器沿时间滑动，步数不变。",
    "Positions": "位置编码",
    "Adds to every step what tells its place: attention alone knows no order.": "给每一步加上表示其位置的向量：注意力本身不知道顺序。",
    "Transformer encoder": "Transformer 编码器",
    "Lets every step look at every other by attention, then works on each step by itself.": "先用注意力让每一步看到其他各步，再单独处理每一步。",
    "Attention pool": "注意力池化",
    "Makes one vector of a sequence: the mean of its steps, weighted by how much each matters here.": "把序列变成一个向量：各步的平均，按各步在此处的重要程度加权。",
    "Numbers in the state of each direction": "每个方向的状态中数的个数",
    "layers": "层数",
    "Layers, each reading the states of the one below": "层数，每一层读取下一层的状态",
    "bidirectional": "双向",
    "Read a second time from the end to the beginning": "再从末尾向开头读一遍",
    "dropout": "丢弃比例",
    "Dropout between the layers; without effect on a single one": "层与层之间的 Dropout；只有一层时无效",
    "returns": "输出",
    "sequence: the state after every step; last: after the last true step, of each direction": "sequence：每一步之后的状态；last：每个方向在最后一个真实步之后的状态",
    "sequence": "整个序列",
    "nonlinearity": "非线性",
    "What bends the new state": "使新状态弯曲的函数",
    "tanh": "双曲正切 tanh",
    "relu": "修正线性 ReLU",
    "forget bias": "遗忘门偏置",
    "Where the forget gates begin: above 0 keeps the memory; blank: as in PyTorch": "遗忘门的初始偏置：大于 0 时保持记忆；留空则与 PyTorch 相同",
    "Steps that the filter sees": "滤波器看到的步数",
    "steps": "步",
    "dilation": "膨胀",
    "Distance between these steps: 2 leaves every other one out": "这些步之间的距离：2 表示隔一步取一步",
    "causal": "因果",
    "See this step and earlier ones only, as a forecast must": "只看当前步和更早的步，预测时必须如此",
    "learned: a vector a place; sinusoidal: fixed waves, quick and slow": "learned：每个位置一个向量；sinusoidal：快慢不同的固定波形",
    "learned": "可学习",
    "sinusoidal": "正弦",
    "heads": "头数",
    "Attentions side by side, each on its part of the features": "并行的注意力个数，各处理一部分特征",
    "feedforward": "前馈单元",
    "Hidden units of the part that works on each step": "单独处理每一步的部分的隐藏单元数",
    "norm first": "先归一化",
    "Normalise before each part, which trains more easily, not after it": "在每个部分之前而非之后归一化，更容易训练",
    "hidden": "隐藏单元",
    "Units, with tanh, between a step and its score; blank: none": "一步与其得分之间带 tanh 的单元数；留空则没有",
    "Remember the start": "记住开头",
    "Synthetic: a point of the plane at the first step, then silence; the answer is the quarter that it lay in.": "合成数据：第一步是平面上的一个点，之后全是零；答案是该点所在的象限。",
    "Number of sequences": "序列的条数",
    "Steps until the question": "到提问为止的步数",
}

FAULTS_ZH: dict[str, str] = {
    "heads_do_not_divide": "{features} 个特征无法平均分给 {heads} 个注意力头，请选择能整除它的数",
}

REPAIRS: dict[str, tuple[str, str]] = {
    "use_fitting_heads": ("Use a number of heads that fits", "改用合适的头数"),
}

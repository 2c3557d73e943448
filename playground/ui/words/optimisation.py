"""Words of optimisers, schedules, parameter groups, clipping and first weights."""

TEXT: dict[str, tuple[str, str]] = {
    "training.init": ("first weights", "初始权重"),
    "field.clip_value": ("clip each value at", "逐值裁剪"),
    "field.blank.clip_value": ("off", "关"),
    "field.matrices_only": ("decay matrices only", "仅衰减矩阵"),
    "training.more": ("More options", "更多选项"),
    "training.plan_unknown": (
        "When it will drop depends on the validation loss. The dashed plan is the highest that it can be.",
        "何时下降取决于验证损失。虚线是学习率可能的最高值。",
    ),
    "training.warm_up_long": (
        "The warm-up ({n} steps) does not end within the run ({steps} steps): the learning rate never gets to its value.",
        "预热（{n} 步）在整个训练（{steps} 步）内不会结束：学习率到不了设定值。",
    ),
    "training.layers": ("Layer by layer", "逐层设置"),
    "training.layers.open": (
        "Set learning rates, decay and first weights of single layers",
        "为单个层设置学习率、衰减和初始权重",
    ),
    "training.layers.close": ("Close", "收起"),
    "training.layers.alike": ("All layers learn alike.", "所有层学习方式相同。"),
    "training.layers.some": ("{n} of {of} layers learn otherwise.", "{of} 层中有 {n} 层单独设置。"),
    "training.layers.layer": ("layer", "层"),
    "training.layers.lr": ("learning rate", "学习率"),
    "training.layers.lr.help": (
        "The learning rate of this layer. It is kept as a multiple of the network's, which the schedule moves.",
        "这一层的学习率。它以网络学习率的倍数保存，随调度一起变化。",
    ),
    "training.layers.decay": ("weight decay", "权重衰减"),
    "training.layers.frozen": ("frozen", "冻结"),
    "training.layers.init": ("first weights", "初始权重"),
    "training.layers.as_rest": ("as the rest", "同整体"),
    "training.layers.output": ("Output", "输出层"),
    "training.layers.discriminative": (
        "Features 1e-3, classifier 1e-2",
        "特征层 1e-3，分类层 1e-2",
    ),
    "training.layers.discriminative.help": (
        "Everything up to the last Flatten or pooling at 0.001, the layers after it at ten times that.",
        "最后一个展平或池化之前的层用 0.001，之后的层用它的十倍。",
    ),
    "training.layers.freeze": ("Freeze the features", "冻结特征层"),
    "training.layers.reset": ("All alike", "全部相同"),
    "edit.layer_learning": ("how a layer learns", "层的学习设置"),
    "chart.clipping": ("Gradient clipping", "梯度裁剪"),
    "chart.clipping.help": (
        "Length of the whole gradient before and after it was cut; the limit is the dashed line",
        "整个梯度在裁剪前后的长度；虚线是上限",
    ),
    "chart.clip_before": ("before", "裁剪前"),
    "chart.clip_after": ("after", "裁剪后"),
    "chart.clipped": ("clipped", "被裁剪"),
    "chart.clip_limit": ("limit", "上限"),
    "chart.clipped_share": ("Share of clipped steps", "被裁剪的步数比例"),
    "chart.clipped_share.help": (
        "How many of the steps since the last measurement had their gradient cut",
        "自上次测量以来，梯度被裁剪的步数所占比例",
    ),
}

CATALOGUE_ZH: dict[str, str] = {
    # Optimisers
    "matrices only": "仅衰减矩阵",
    "Decay weight matrices and filters only, not biases and normalisation": "只衰减权重矩阵和卷积核，不衰减偏置和归一化",
    "beta1": "一阶衰减 β1",
    "Share of the past in the running mean of the gradient": "梯度滑动平均中过去所占的份额",
    "beta2": "二阶衰减 β2",
    "Share of the past in the running mean of its square": "梯度平方滑动平均中过去所占的份额",
    "eps": "除法下限 ε",
    "Keeps the division finite; larger is closer to SGD": "使除法保持有限；越大越接近 SGD",
    "amsgrad": "AMSGrad 变体",
    "Divide by the largest squared gradient so far, so that steps only shrink": "除以至今最大的梯度平方，使步长只减不增",
    "Share of the past in the running mean of the squared gradient": "梯度平方滑动平均中过去所占的份额",
    "centered": "中心化",
    "Divide by the spread of the gradient instead of its size": "除以梯度的离散程度而不是大小",
    "Adam that trusts its step sizes only once it has seen enough gradients: a warm-up by itself.": (
        "看过足够多的梯度后才信任自己步长的 Adam：自带预热。"
    ),
    "Adam that divides by the largest recent gradient instead of the mean square.": (
        "用最近最大的梯度代替均方来做除数的 Adam。"
    ),
    "Sets its own step size from the ratio of recent steps to recent gradients; the learning rate stays near 1.": (
        "由近期步长与近期梯度之比自行决定步长；学习率保持在 1 附近。"
    ),
    "rho": "衰减率 ρ",
    "Share of the past in both running means": "两个滑动平均中过去所占的份额",
    "SGD whose step shrinks slowly by itself; the average of the weights that it keeps aside is not what is judged.": (
        "步长自行缓慢缩小的 SGD；它另存的权重平均值不用于评估。"
    ),
    "lambd": "衰减系数 λ",
    "How fast the step shrinks, and a pull towards zero": "步长缩小的快慢，也是向零的拉力",
    "Power by which the step shrinks": "步长缩小的幂次",
    "Adam's idea with hardly any memory: a matrix keeps one number a row and one a column.": (
        "几乎不占内存的 Adam：一个矩阵每行、每列只保存一个数。"
    ),
    "clip": "更新上限",
    "Largest mean size of an update": "一次更新的平均大小上限",
    "Makes every step of a matrix turn all directions equally; biases, filters and the like get AdamW's steps.": (
        "让矩阵的每一步在所有方向上同样大；偏置、卷积核等使用 AdamW 的步。"
    ),
    # Schedules
    "Several steps": "多步下降",
    "Drops at once at the epochs that are named.": "在指定的轮数处骤降。",
    "milestones": "下降轮数",
    "Epochs after which it drops, such as 3, 6": "在这些轮数之后下降，例如 3, 6",
    "On plateau": "停滞时下降",
    "Drops when the validation loss has stopped falling: when that will be, nobody knows before.": (
        "当验证损失不再下降时降低学习率：何时发生事先无法知道。"
    ),
    "Epochs without a better validation loss that are borne": "可容忍验证损失没有变好的轮数",
    "cooldown": "冷却轮数",
    "Epochs after a drop that do not count": "每次下降之后不计数的轮数",
    "least": "最低比例",
    "Share of the learning rate that always stays": "学习率始终保留的比例",
    "Cosine with warm restarts": "带热重启的余弦",
    "Falls along half a cosine wave, jumps back up and falls again, over longer and longer stretches.": (
        "沿半个余弦波下降，跳回最高再下降，周期越来越长。"
    ),
    "first": "首个周期",
    "Length of the first cycle": "第一个周期的长度",
    "stretch": "周期倍数",
    "How many times as long every next cycle is": "下一个周期是前一个的多少倍长",
    "Share of the learning rate left at the end of a cycle": "每个周期结束时剩余的学习率比例",
    "Straight line": "直线",
    "Goes along a straight line from one share of the learning rate to another.": "沿直线从一个学习率比例变到另一个。",
    "Cyclic": "周期",
    "Rises and falls along straight lines, again and again.": "沿直线反复升降。",
    "Epochs that rise; as many fall": "上升的轮数；下降也用同样多轮",
    "low": "最低系数",
    "Factor at the bottom, where every cycle begins": "最低处的系数，每个周期从这里开始",
    "halving": "逐周期减半",
    "Every cycle rises half as far as the one before": "每个周期升高的幅度是前一个的一半",
    # First weights
    "torch's own": "torch 默认",
    "What torch itself draws: uniform within ± 1 / √inputs, biases too.": (
        "torch 自己抽取的数：在 ± 1 / √输入数 内均匀分布，偏置也一样。"
    ),
    "Kaiming normal": "Kaiming 正态",
    "Normal numbers with spread gain / √fan: made for ReLU.": "标准差为 gain / √fan 的正态数：为 ReLU 设计。",
    "fan_in keeps the spread forwards, fan_out backwards; auto: fan_in, and fan_out for convolutions": (
        "fan_in 保持前向的离散程度，fan_out 保持反向；auto：fan_in，卷积用 fan_out"
    ),
    "fan_in": "扇入",
    "fan_out": "扇出",
    "What follows the layers": "层后面的激活函数",
    "sigmoid": "Sigmoid 函数",
    "selu": "SELU 函数",
    "linear": "线性（无激活）",
    "Kaiming uniform": "Kaiming 均匀",
    "Uniform numbers with spread gain / √fan: made for ReLU.": "标准差为 gain / √fan 的均匀数：为 ReLU 设计。",
    "Xavier normal": "Xavier 正态",
    "Normal numbers with spread gain × √(2 / (inputs + outputs)): made for tanh and sigmoid.": (
        "标准差为 gain × √(2 / (输入 + 输出)) 的正态数：为 tanh 和 sigmoid 设计。"
    ),
    "Xavier uniform": "Xavier 均匀",
    "Uniform numbers with spread gain × √(2 / (inputs + outputs)): made for tanh and sigmoid.": (
        "标准差为 gain × √(2 / (输入 + 输出)) 的均匀数：为 tanh 和 sigmoid 设计。"
    ),
    "Orthogonal": "正交",
    "Rows or columns at right angles: lengths stay as they are, however deep the network.": (
        "行或列互相垂直：无论网络多深，长度都不变。"
    ),
    "LeCun normal": "LeCun 正态",
    "Normal numbers with spread 1 / √inputs: for SELU and for layers without activation.": (
        "标准差为 1 / √输入数 的正态数：用于 SELU 和没有激活的层。"
    ),
    "One spread for all (bad)": "统一标准差（坏例）",
    "Bad on purpose: one spread whatever the size of the layer. At 1 deep networks explode, at 0.001 they fall silent.": (
        "故意的坏例：不论层的大小都用同一标准差。为 1 时深层网络爆炸，为 0.001 时归于沉寂。"
    ),
    "std": "标准差",
    "Spread of the numbers": "随机数的标准差",
    "All equal (bad)": "全部相等（坏例）",
    "Bad on purpose: all units of a layer calculate the same and get the same gradient, so that they stay the same.": (
        "故意的坏例：一层中所有单元计算相同、梯度相同，因此永远相同。"
    ),
    "value": "数值",
    "The value of every weight": "每个权重的值",
    # The run and single layers
    "clip value": "逐值裁剪",
    "Largest slope of a single weight allowed, cut before the norm; blank: no limit": (
        "单个权重允许的最大梯度，先于范数裁剪；留空则不限"
    ),
    "lr scale": "学习率倍数",
    "Times the learning rate of the network": "网络学习率的倍数",
    "Weight decay of this layer; blank: as in the rest": "这一层的权重衰减；留空则与整体相同",
    "frozen": "冻结",
    "Its weights stay as they are; running means of BatchNorm go on": "权重保持不变；BatchNorm 的滑动平均照常更新",
}

FAULTS_ZH: dict[str, str] = {"nothing_learns": "所有层都被冻结，什么也学不了；请放开其中一层"}
REPAIRS: dict[str, tuple[str, str]] = {
    "thaw_output": ("Let the output layer learn", "让输出层学习")
}

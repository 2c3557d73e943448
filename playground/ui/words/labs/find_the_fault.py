"""Words of the lab about broken trainings."""

TEXT = {
    "title": ("Find the fault", "找出错误"),
    "notice": (
        "Each training has one line that is wrong; the grey curves are the same training without the fault. "
        "Look at the curves before you read the code: a loss that stands still, jumps, or falls while the validation says "
        "otherwise has a different cause each time.",
        "每个训练都有一行是错的；灰色曲线是同一训练没有错误时的样子。先看曲线，再读代码："
        "损失停滞、跳动，或一直下降而验证结果却不好，原因各不相同。",
    ),
    "try": (
        "In training 9 both losses are the same. Why do the validation scores differ?",
        "训练 9 的两条损失几乎相同。为什么验证得分不同？",
    ),
    "field.case": ("Training", "训练"),
    "field.guess": ("What is wrong", "哪里错了"),
    "field.shown": ("Code", "代码"),
    "choice.": ("choose…", "请选择…"),
    "choice.broken": ("as it is", "原样"),
    "choice.fixed": ("put right", "改正后"),
    "choice.dead_relus": ("dead ReLUs", "死亡的 ReLU"),
    "choice.labels_shuffled": ("labels shuffled", "标签打乱"),
    "choice.leakage": ("leakage into the validation", "验证数据泄漏"),
    "choice.no_clipping": ("exploding gradients, not clipped", "梯度爆炸而未裁剪"),
    "choice.no_eval": ("eval() forgotten", "忘记 eval()"),
    "choice.no_normalisation": ("inputs not normalised", "输入未标准化"),
    "choice.rate_high": ("learning rate too high", "学习率太高"),
    "choice.rate_low": ("learning rate too low", "学习率太低"),
    "choice.softmax": ("softmax before cross-entropy", "交叉熵之前多了 softmax"),
    "choice.zero_grad": ("zero_grad() forgotten", "忘记 zero_grad()"),
    "surprise.good_score": ("a score that is too good", "好得过分的得分"),
    "surprise.silence": ("nothing moves", "一动不动"),
    "surprise.same_loss": ("the same loss, another score", "损失相同，得分不同"),
    "surprise.still_learns": ("wrong, and yet it learns", "有错，却仍在学习"),
    "surprise.fixed": ("one that is put right", "改正的例子"),
    "broken": ("this training", "这个训练"),
    "healthy": ("without the fault", "没有错误时"),
    "run.broken": ("this training", "这个训练"),
    "run.healthy": ("without the fault", "没有错误时"),
    "loss": ("training loss", "训练损失"),
    "accuracy": ("validation accuracy", "验证准确率"),
    "step": ("step", "步"),
    "run": ("training", "训练"),
    "last_loss": ("last loss", "最后的损失"),
    "validation_accuracy": ("validation accuracy", "验证准确率"),
    "gradient_norm": ("gradient norm", "梯度范数"),
    "new_accuracy": ("accuracy on 1,000 new points", "1,000 个新点上的准确率"),
    "ask": (
        "One line is wrong. What is it? Choose, and see whether you are right.",
        "有一行是错的。是什么错？选一个，看看对不对。",
    ),
    "right": ("Right. The line is marked in the code.", "正确。代码中已标出那一行。"),
    "not.dead_relus": (
        "Not that. With dead ReLUs the first layer gets no gradient at all: only the output's bias still moves.",
        "不是。ReLU 死亡时第一层完全得不到梯度，只有输出层的偏置还在变。",
    ),
    "not.labels_shuffled": (
        "Not that. With shuffled labels there is nothing to learn: the loss stays near ln 2 = 0.69, the gradients are "
        "as large as ever.",
        "不是。标签打乱后没有可学的：损失停在 ln 2 = 0.69 附近，梯度大小却很正常。",
    ),
    "not.leakage": (
        "Not that. With leakage the validation looks better than it should, and only new data tell.",
        "不是。发生泄漏时，验证结果好得过分，只有新数据才能说明。",
    ),
    "not.no_clipping": (
        "Not that. Clipping helps where gradients are multiplied through many steps, as in an RNN.",
        "不是。只有在梯度经过许多步连乘时（如 RNN），裁剪才有帮助。",
    ),
    "not.no_eval": (
        "Not that. Without eval() the training loss is as usual; only the answers in validation waver.",
        "不是。忘记 eval() 时训练损失正常，只有验证时的回答摇摆不定。",
    ),
    "not.no_normalisation": (
        "Not that. Inputs in the hundreds make the very first loss and gradient huge.",
        "不是。输入为几百时，第一步的损失和梯度就会非常大。",
    ),
    "not.rate_high": (
        "Not that. With a rate too high the loss starts as usual, and jumps with the first steps.",
        "不是。学习率太高时，损失起点正常，头几步就跳起来。",
    ),
    "not.rate_low": (
        "Not that. With a rate too low the loss falls steadily, but hardly at all.",
        "不是。学习率太低时，损失稳定下降，但几乎不动。",
    ),
    "not.softmax": (
        "Not that. With two softmaxes it learns, but the loss cannot fall below ln(1 + 1/e) = 0.31.",
        "不是。两次 softmax 时仍能学习，但损失降不到 ln(1 + 1/e) = 0.31 以下。",
    ),
    "not.zero_grad": (
        "Not that. Gradients that add up swing to and fro, further each time.",
        "不是。不断累加的梯度会来回摆动，而且幅度越来越大。",
    ),
    "why.dead_relus": (
        "A bias of −10 keeps every hidden unit below zero for every point. A ReLU that is never on has no slope, so "
        "nothing can bring it back.",
        "偏置 −10 使每个隐藏单元对所有点都小于零。从不打开的 ReLU 没有斜率，所以再也回不来。",
    ),
    "why.labels_shuffled": (
        "The inputs were put into another order, the labels were not: each point has somebody else's label.",
        "输入换了次序，标签没有换：每个点都拿到了别人的标签。",
    ),
    "why.leakage": (
        "The network is judged by the points that it learned by heart. New points show what it can do.",
        "网络是用它背下来的点来评判的。新的点才说明它的真实能力。",
    ),
    "why.no_clipping": (
        "Through 20 steps of a recurrent weight above 1 a gradient grows to 40 and more; one such step throws the weights so "
        "far that the next values are NaN. Clipped to 0.5, the direction stays and the length is safe.",
        "循环权重大于 1，经过 20 步，梯度会增长到 40 以上；这样一步就把权重甩得很远，接下来的值成为 NaN。裁剪到 0.5 后，方向不变，长度安全。",
    ),
    "why.no_eval": (
        "In training mode dropout still removes half of the units, and BatchNorm normalises by the few points that happen "
        "to be asked together. Training itself is in order.",
        "在训练模式下，dropout 仍去掉一半单元，BatchNorm 按恰好一起提问的几个点来标准化。训练本身没有问题。",
    ),
    "why.no_normalisation": (
        "Millimetres are numbers in the hundreds: the same learning rate, times inputs hundreds of times as large, is "
        "far too much.",
        "以毫米计，数值上百：同样的学习率乘以大几百倍的输入，就太大了。",
    ),
    "why.rate_high": (
        "A rate of 30 steps over every valley; the units are thrown to where their gradient is zero.",
        "学习率 30 一步就越过所有山谷；单元被甩到梯度为零的地方。",
    ),
    "why.rate_low": (
        "A rate of 0.0003 moves in 60 steps as far as 0.3 does in a fraction of one.",
        "学习率 0.0003 走 60 步，还不如 0.3 走一小步。",
    ),
    "why.softmax": (
        "cross_entropy takes scores and makes the softmax itself. After two of them the highest possible probability is "
        "e/(e + 1) = 0.73, and gradients are small.",
        "cross_entropy 接受得分，自己会做 softmax。做两次之后，最大的概率只有 e/(e + 1) = 0.73，梯度也很小。",
    ),
    "why.zero_grad": (
        "backward() adds to what is there. Without zero_grad() each step follows the sum of all gradients so far.",
        "backward() 会加到已有的梯度上。没有 zero_grad()，每一步都沿着迄今所有梯度之和走。",
    ),
}
HELP_ZH = {
    "case": "哪一个训练",
    "guess": "它错在哪里；留空：尚未选择",
    "shown": "broken：原样的代码；fixed：改正那一行后的代码",
}

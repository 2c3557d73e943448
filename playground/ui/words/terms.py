"""Terms of the field, each explained in a sentence or two, and the labels that they explain.

The page shows `term.<id>` when a label is pointed at or tapped. Labels are keys of words; the label of a
catalogue's field is `field.<name>`, whether or not it has words of its own.
"""

TEXT: dict[str, tuple[str, str]] = {
    # Data
    "term.sample": (
        "One example that the network sees: an image, a row, a text.",
        "网络看到的一个例子：一张图像、一行数据或一段文本。",
    ),
    "term.feature": (
        "One input number of a sample, for instance a column of a table.",
        "样本的一个输入数值，例如表格中的一列。",
    ),
    "term.class": (
        "One of the answers that the network chooses from.",
        "网络可选答案中的一个。",
    ),
    "term.target": (
        "What the network should predict for a sample: the right answer.",
        "网络应当为样本预测的内容，即正确答案。",
    ),
    "term.training_part": (
        "The samples that the network learns from.",
        "网络用来学习的那部分样本。",
    ),
    "term.validation": (
        "Samples kept aside. The network never learns from them, so they show how well it handles new data.",
        "预留出来的样本。网络从不用它们学习，因此能反映它处理新数据的能力。",
    ),
    "term.augmentation": (
        "Small random changes to the training images, so that the network sees more variety than there are images.",
        "对训练图像做小的随机变化，让网络见到比原图更多的变化。",
    ),
    "term.token": (
        "One unit of a text as the network reads it: a character or a word, given as a number.",
        "网络读取文本的单位：一个字符或一个词，用编号表示。",
    ),
    "term.vocabulary": (
        "All tokens that the network knows. Everything else is read as “unknown”.",
        "网络认识的全部词元，其余一律读作“未知”。",
    ),
    "term.padding": (
        "Filler at the end of shorter sequences (or around an image) that makes all samples the same size.",
        "补在较短序列末尾（或图像四周）的占位值，使大小一致。",
    ),
    "term.window": (
        "The past steps of a series that the network sees at once.",
        "网络一次看到的过去若干步。",
    ),
    "term.horizon": (
        "How many future steps the network predicts.",
        "网络要预测的未来步数。",
    ),
    # Layers
    "term.layer": (
        "One step of the calculation. A network passes its input through one layer after another.",
        "计算中的一步。网络让输入依次通过各层。",
    ),
    "term.parameters": (
        "The numbers that training adjusts: weights and biases.",
        "训练所调整的数：权重和偏置。",
    ),
    "term.flops": (
        "Floating-point operations: how many additions and multiplications a training step takes.",
        "浮点运算次数：一个训练步所需的加法和乘法次数。",
    ),
    "term.memory": (
        "Memory for weights, gradients, the optimiser and the values kept for the backward pass.",
        "权重、梯度、优化器以及反向传播所保留的数值占用的内存。",
    ),
    "term.activation": (
        "A simple function applied to every value. Without it, several layers could do no more than one.",
        "作用于每个数值的简单函数。没有它，多层网络的能力与一层相同。",
    ),
    "term.normalisation": (
        "Rescales values to mean 0 and standard deviation 1, which makes deep networks easier to train.",
        "把数值缩放为均值 0、标准差 1，使深层网络更容易训练。",
    ),
    "term.regularisation": (
        "Anything that keeps a network from learning the training data by heart.",
        "防止网络死记训练数据的各种方法。",
    ),
    "term.dropout": (
        "Sets a random share of the values to zero during training, so that no single unit is relied on.",
        "训练时随机把一部分数值置零，避免依赖个别单元。",
    ),
    "term.convolution": (
        "Slides small filters over an image or along time; the same weights are used everywhere.",
        "让小滤波器在图像上或沿时间滑动，各处共用同一组权重。",
    ),
    "term.kernel": (
        "The small window of weights that a convolution slides over its input.",
        "卷积在输入上滑动的小权重窗口。",
    ),
    "term.stride": (
        "How far the window moves at a time. A stride of 2 halves the image.",
        "窗口每次移动的距离。步幅为 2 时图像缩小一半。",
    ),
    "term.channel": (
        "One map of an image-like layer: a colour of the input, or the output of one filter.",
        "图像型层中的一张图：输入的一种颜色，或一个滤波器的输出。",
    ),
    "term.pooling": (
        "Replaces each window by its maximum or mean, which makes the image smaller.",
        "用最大值或平均值代替每个窗口，使图像变小。",
    ),
    "term.receptive_field": (
        "The part of the input that one value can depend on. It grows from layer to layer.",
        "一个数值所能依赖的输入范围，逐层增大。",
    ),
    "term.residual": (
        "A shortcut adds the input of a block to its output, so that gradients reach early layers.",
        "捷径把块的输入加到其输出上，使梯度能传到前面的层。",
    ),
    "term.embedding": (
        "A short list of numbers that stands for a token or a sample. Similar things get similar numbers.",
        "代表一个词元或样本的一组数。相似的事物得到相近的数。",
    ),
    "term.recurrent": (
        "A layer that reads a sequence step by step and carries a state along.",
        "逐步读取序列并携带状态的层。",
    ),
    "term.attention": (
        "Lets the network weigh how much each step of a sequence matters.",
        "让网络衡量序列中每一步的重要程度。",
    ),
    "term.logits": (
        "The raw scores of the classes, before softmax turns them into probabilities.",
        "各类别的原始得分，尚未经 softmax 变为概率。",
    ),
    "term.softmax": (
        "Turns scores into probabilities: all positive, and 100 % together.",
        "把得分变为概率：全部为正，总和为 100 %。",
    ),
    # Learning
    "term.loss": (
        "A number for how wrong the network is. Training makes it as small as it can.",
        "衡量网络错误程度的数，训练就是让它尽量变小。",
    ),
    "term.gradient": (
        "For every weight: how the loss changes when the weight grows a little.",
        "对每个权重而言：权重略微增大时损失如何变化。",
    ),
    "term.gradient_norm": (
        "The length of a layer's gradient. Near zero, the layer hardly learns; very large, training is unstable.",
        "一层梯度的长度。接近零时该层几乎学不到东西，过大时训练不稳定。",
    ),
    "term.update_ratio": (
        "How much one step changes a layer's weights, relative to their size.",
        "一步更新相对于该层权重大小的比例。",
    ),
    "term.optimizer": (
        "The rule that turns gradients into changes of the weights.",
        "把梯度变为权重更新的规则。",
    ),
    "term.learning_rate": (
        "The size of each step. Too small learns slowly; too large never settles.",
        "每一步的大小。太小学得慢，太大则无法稳定。",
    ),
    "term.schedule": (
        "How the learning rate changes during training.",
        "训练过程中学习率如何变化。",
    ),
    "term.warmup": (
        "The first steps, in which the learning rate rises from near zero to its full value.",
        "最初的若干步，学习率从接近零升到设定值。",
    ),
    "term.momentum": (
        "Part of the last step carries on, as with a rolling ball. It smooths the path.",
        "上一步的一部分会延续下来，如同滚动的球，使路径更平滑。",
    ),
    "term.weight_decay": (
        "Pulls every weight a little towards zero at each step; a way against overfitting.",
        "每一步都把权重略微拉向零，用来抑制过拟合。",
    ),
    "term.initialisation": (
        "How the weights are chosen before training. Badly chosen, a deep network cannot start to learn.",
        "训练前如何设定权重。选得不好，深层网络就无法开始学习。",
    ),
    "term.epoch": (
        "One pass through all training data.",
        "把全部训练数据过一遍。",
    ),
    "term.step": (
        "One update of the weights, from one batch.",
        "用一个批次对权重更新一次。",
    ),
    "term.batch": (
        "The samples that are processed together in one step.",
        "一步中一起处理的样本。",
    ),
    "term.seed": (
        "The number that fixes all randomness: same seed, same run.",
        "确定所有随机性的数：种子相同，训练结果相同。",
    ),
    "term.clipping": (
        "Limits the gradient: when it is longer than the limit, it is scaled down to the limit.",
        "限制梯度：超过上限时按比例缩小到上限。",
    ),
    "term.accumulation": (
        "Adds up the gradients of several batches before each step: a larger batch in less memory.",
        "把多个批次的梯度相加后再更新一步：用更少的内存得到更大的批量。",
    ),
    "term.ema": (
        "Exponential moving average: a smoothed copy of the weights, which often scores better.",
        "指数移动平均：权重的平滑副本，效果往往更好。",
    ),
    "term.early_stopping": (
        "Ends training when the validation loss has not improved for a number of epochs.",
        "验证损失连续若干轮没有改善时结束训练。",
    ),
    "term.precision": (
        "How many bits each number has in the calculation. Fewer bits are faster and round more.",
        "计算中每个数使用的位数。位数越少越快，舍入误差也越大。",
    ),
    "term.overfit_batch": (
        "A test of the network: it should be able to learn a single batch by heart. If it cannot, something is wrong.",
        "对网络的检验：它应能背下单个批次，否则说明有问题。",
    ),
    "term.checkpoint": (
        "Everything needed to continue a run exactly where it was: weights, optimiser, random numbers.",
        "从原处精确继续训练所需的一切：权重、优化器和随机数。",
    ),
    "term.frozen": (
        "The weights of a frozen layer stay as they are.",
        "冻结层的权重保持不变。",
    ),
    # Measures
    "term.accuracy": (
        "The share of right answers.",
        "答对的比例。",
    ),
    "term.recall": (
        "Of the samples that really belong to a class, the share that the network recognises.",
        "真正属于某类别的样本中，被网络认出的比例。",
    ),
    "term.balanced_accuracy": (
        "The mean of the recalls, so that a rare class counts as much as a common one.",
        "各类召回率的平均值，稀有类别与常见类别同等重要。",
    ),
    "term.macro_f1": (
        "F1 combines precision and recall of one class; macro F1 is the mean over all classes, rare ones included.",
        "F1 综合某一类别的精确率与召回率；宏平均 F1 是所有类别（包括稀有类别）的平均。",
    ),
    "term.auc": (
        "Area under the ROC curve: how often a sample of the class gets a higher score than one of another. 0.5 is guessing.",
        "ROC 曲线下面积：该类样本得分高于其他样本的概率，0.5 等于随机猜测。",
    ),
    "term.top3": (
        "How often the right class is among the three with the highest scores.",
        "正确类别位于得分最高的三类之中的比例。",
    ),
    "term.confusion": (
        "A table of true classes against answers. The diagonal holds the right ones.",
        "真实类别与回答的对照表，对角线上为正确回答。",
    ),
    "term.mae": (
        "Mean absolute error: how far off the predictions are on average, in the unit of the target.",
        "平均绝对误差：预测平均偏差多少，以目标的单位计。",
    ),
    "term.rmse": (
        "Root mean squared error: like the mean absolute error, but large mistakes weigh more.",
        "均方根误差：与平均绝对误差类似，但大的错误影响更大。",
    ),
    "term.r2": (
        "The share of the target's variance that the network explains. 1 is perfect; 0 is no better than the mean. "
        "For a forecast that counts from the window's last value, the target is the change since then.",
        "网络所解释的目标方差比例。1 为完美，0 等于只猜平均值。若预测以窗口末值为基准，则目标是此后的变化量。",
    ),
    "term.naive": (
        "A forecast without any network, to compare with.",
        "不用网络的预测，用作对照。",
    ),
    "term.probability": (
        "How likely the network thinks a class is, from 0 % to 100 %.",
        "网络认为某类别的可能性，从 0 % 到 100 %。",
    ),
    "term.temperature": (
        "Below 1 the network chooses more safely; above 1, more daringly.",
        "小于 1 时选择更保守，大于 1 时更大胆。",
    ),
    "term.boundary": (
        "The line where the network's answer changes from one class to another.",
        "网络的回答从一个类别变为另一个类别的分界线。",
    ),
    "term.feature_map": (
        "What one filter makes of the whole image: bright where it finds its pattern.",
        "一个滤波器对整幅图像的结果：找到其模式之处较亮。",
    ),
    "term.histogram": (
        "Shows how often each range of values occurs.",
        "显示各数值区间出现的次数。",
    ),
}

# Key of a label -> term. The page gets it as `boot.terms`.
TERM_OF: dict[str, str] = {
    "answer.list": "softmax",
    "answer.top": "probability",
    "attention.title": "attention",
    "augment.title": "augmentation",
    "bar.epoch": "epoch",
    "bar.step.count": "step",
    "boundary.title": "boundary",
    "chart.accuracy": "accuracy",
    "chart.batch": "batch",
    "chart.clipping": "clipping",
    "chart.grad_norm": "gradient_norm",
    "chart.loss": "loss",
    "chart.lr": "learning_rate",
    "chart.mae": "mae",
    "chart.r2": "r2",
    "chart.step": "step",
    "chart.train": "training_part",
    "chart.update_ratio": "update_ratio",
    "chart.validation": "validation",
    "data.class": "class",
    "data.chip.series": "window",
    "data.chip.table": "feature",
    "data.chip.text": "token",
    "data.chip.train": "training_part",
    "data.chip.validation": "validation",
    "field.accumulate": "accumulation",
    "field.batch_size": "batch",
    "field.bidirectional": "recurrent",
    "field.channels": "channel",
    "field.clip_norm": "clipping",
    "field.clip_value": "clipping",
    "field.dilation": "receptive_field",
    "field.dropout": "dropout",
    "field.ema": "ema",
    "field.epochs": "epoch",
    "field.heads": "attention",
    "field.horizon": "horizon",
    "field.kernel": "kernel",
    "field.lr": "learning_rate",
    "field.max_words": "vocabulary",
    "field.momentum": "momentum",
    "field.n_classes": "class",
    "field.overfit_batch": "overfit_batch",
    "field.p": "dropout",
    "field.padding": "padding",
    "field.patience": "early_stopping",
    "field.precision": "precision",
    "field.samples": "sample",
    "field.seed": "seed",
    "field.shortcut": "residual",
    "field.stride": "stride",
    "field.validation": "validation",
    "field.warmup_steps": "warmup",
    "field.weight_decay": "weight_decay",
    "field.window": "window",
    "group.activation": "activation",
    "group.convolution": "convolution",
    "group.normalisation": "normalisation",
    "group.pooling": "pooling",
    "group.regularisation": "regularisation",
    "histograms.gradients": "gradient",
    "histograms.title": "histogram",
    "kernels.title": "kernel",
    "layers.compute": "flops",
    "layers.name": "layer",
    "layers.out": "logits",
    "layers.parameters": "parameters",
    "maps.count": "feature_map",
    "now.lr": "learning_rate",
    "now.mae": "mae",
    "now.train_loss": "loss",
    "now.val": "validation",
    "now.validation": "accuracy",
    "places.title": "embedding",
    "report.accuracy": "accuracy",
    "report.auc": "auc",
    "report.balanced_accuracy": "balanced_accuracy",
    "report.confusion": "confusion",
    "report.macro_f1": "macro_f1",
    "report.mae": "mae",
    "report.recall": "recall",
    "report.rmse": "rmse",
    "report.top3": "top3",
    "series.naive": "naive",
    "table.target": "target",
    "texts.temperature": "temperature",
    "totals.epoch": "epoch",
    "totals.flops": "flops",
    "totals.memory": "memory",
    "totals.parameters": "parameters",
    "training.init": "initialisation",
    "training.layers.frozen": "frozen",
    "training.layers.lr": "learning_rate",
    "training.loss": "loss",
    "training.optimizer": "optimizer",
    "training.schedule": "schedule",
    "weights.checkpoint": "checkpoint",
}

"""How the network learns: the card and its fields."""

TEXT: dict[str, tuple[str, str]] = {
    "field.lr": ("learning rate", "学习率"),
    "field.n_classes": ("classes", "类别数"),
    "field.warmup_steps": ("warm-up steps", "预热步数"),
    "field.clip_norm": ("clip gradients at", "梯度裁剪"),
    "field.blank.clip_norm": ("off", "关"),
    "field.blank": ("auto", "自动"),
    "training.title": ("How it learns", "如何学习"),
    "training.loss": ("loss", "损失函数"),
    "training.optimizer": ("optimiser", "优化器"),
    "training.schedule": ("schedule", "学习率计划"),
    "training.run": ("run", "训练过程"),
    "training.live": (
        "Learning rate, weight decay and longest gradient apply to the running network at once.",
        "学习率、权重衰减和梯度上限立即作用于正在训练的网络。",
    ),
    "training.applied": ("From now on: {name} {value}", "从现在起：{name} {value}"),
    "training.applied_none": ("From now on: {name} none", "从现在起：{name}不设"),
    "training.next": ("Everything else applies when you train anew.", "其余设置在重新训练时生效。"),
    "field.blank.ema": ("off", "关"),
    "field.blank.patience": ("off", "关"),
    "field.ema": ("average weights", "权重平均"),
    "field.patience": ("stop early after", "提前停止轮数"),
    "field.min_delta": ("better by", "至少改进"),
    "field.keep_best": ("keep the best", "保留最佳"),
    "field.overfit_batch": ("one batch only", "只用一批"),
    "field.accumulate.compares": (
        "This loss compares the samples of a batch with each other, so accumulated batches do not give "
        "the step of one large batch.",
        "这种损失在同一批的样本之间做比较，因此累积多个小批次与使用一个大批次并不等价。",
    ),
    "field.accumulate": ("batches a step", "每步批数"),
}

CATALOGUE_ZH: dict[str, str] = {
    "Passes through the training data": "遍历训练数据的次数",
    "Start of all random numbers: same seed, same run": "所有随机数的起点：种子相同，训练相同",
    "clip norm": "梯度裁剪",
    "Longest gradient allowed; blank: no limit": "允许的最大梯度长度；留空则不限",
    "precision": "精度",
    "bf16 is faster where the device has it, and rounds more": "bf16 在支持的设备上更快，但舍入更多",
    "bf16 is faster where the device has it, and rounds more; fp16 is for CUDA GPUs": "bf16 在支持的设备上更快，但舍入更粗；fp16 用于 CUDA GPU",
    "accumulate": "累积批数",
    "Batches whose gradients are added up for one step: a larger batch in less memory": "把多少批的梯度相加后再走一步：用更少的内存得到更大的批量",
    "ema": "权重滑动平均",
    "Decay of a moving average of the weights, which is judged and kept; blank: none": "权重滑动平均的衰减率，评估和保留的都是平均后的权重；留空：不用",
    "patience": "耐心",
    "Epochs without a better validation loss before training stops; blank: never": "验证损失连续多少轮没有变好就停止训练；留空：不提前停止",
    "min delta": "最小改进",
    "How much lower the validation loss must be to be better": "验证损失至少低多少才算变好",
    "keep best": "保留最佳",
    "Ends with the weights of the epoch with the lowest validation loss": "结束时采用验证损失最低的那一轮的权重",
    "overfit batch": "只练一批",
    "Trains on one batch only: a network that cannot learn it by heart has a fault": "只用一批数据训练：连一批都背不下来的网络一定有问题",
}

FAULTS_ZH: dict[str, str] = {
    "bad_weights": "这些权重不能用：{detail}",
    "weights_differ": "文件属于另一个网络：{table}",
    "weights_strange": "文件中没有任何内容适合这个网络：{table}",
    "bad_checkpoint": "这不是可用的检查点：{detail}",
    "has_checkpoints": "{folder} 中有之前训练的检查点：请用 --resume 继续，或换一个文件夹",
    "other_checkpoint": "{folder} 中是另一个实验的检查点，请换一个文件夹",
    "no_fp16": "{device} 不能用 fp16 训练，它需要 CUDA GPU；请选择 bf16 或 float32",
    "stopped_early": "已在第 {epoch} 轮后停止：连续 {patience} 轮，验证损失都没有低于第 {best} 轮",
}

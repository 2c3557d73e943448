"""How the network learns: the card and its fields."""

TEXT: dict[str, tuple[str, str]] = {
    "field.lr": ("learning rate", "学习率"),
    "field.n_classes": ("classes", "类别数"),
    "field.warmup_steps": ("warm-up steps", "预热步数"),
    "field.clip_norm": ("gradient limit", "梯度上限"),
    "field.blank.clip_norm": ("off", "关"),
    "field.blank": ("auto", "自动"),
    "rate.changed_with_optimizer": (
        "The learning rate was set to {lr}, usual for {optimizer}",
        "学习率已设为 {lr}（{optimizer} 的常用值）",
    ),
    "training.title": ("How it learns", "训练设置"),
    "training.all": ("All settings", "全部设置"),
    "training.less": ("Fewer settings", "收起设置"),
    "training.lab": ("Play with this in its lab", "在实验室里动手试试"),
    "rate.stayed": (
        "The learning rate stays at {lr}; usual for this optimiser is {usual}.",
        "学习率仍为 {lr}，而该优化器的常用值为 {usual}。",
    ),
    "training.loss": ("loss", "损失函数"),
    "training.optimizer": ("optimiser", "优化器"),
    "training.schedule": ("schedule", "学习率调度"),
    "training.run": ("run", "训练过程"),
    "training.live": (
        "Changes to learning rate, weight decay and the gradient limit take effect in the running network at once.",
        "学习率、权重衰减和梯度上限的修改立即作用于正在训练的网络。",
    ),
    "training.applied": ("From now on: {name} {value}", "从现在起：{name} {value}"),
    "training.applied_none": ("From now on: no {name}", "从现在起：不设{name}"),
    "training.next": (
        "All other changes take effect when you train again.",
        "其他修改在重新训练时生效。",
    ),
    "field.blank.ema": ("off", "关"),
    "field.blank.patience": ("off", "关"),
    "field.ema": ("weight averaging (EMA)", "权重平均（EMA）"),
    "field.patience": ("early stopping after", "早停轮数"),
    "field.min_delta": ("minimum improvement", "最小改进"),
    "field.keep_best": ("keep the best weights", "保留最佳权重"),
    "field.overfit_batch": ("overfit one batch", "仅用一个批次"),
    "field.accumulate.compares": (
        "This loss compares the samples of a batch with each other, so accumulated batches do not give "
        "the step of one large batch.",
        "这种损失在同一批的样本之间做比较，因此累积多个小批次与使用一个大批次并不等价。",
    ),
    "field.accumulate": ("gradient accumulation", "梯度累积"),
}

CATALOGUE_ZH: dict[str, str] = {
    "Passes through the training data": "遍历训练数据的次数",
    "Fixes all random numbers: same seed, same run": "确定所有随机数：种子相同，训练相同",
    "clip norm": "梯度裁剪",
    "Gradients with a larger norm are scaled down to this; blank: no limit": "范数超过此值的梯度会按比例缩小到此值；留空则不限",
    "precision": "精度",
    "bf16 is faster where the device supports it, but rounds more; fp16 is for CUDA GPUs": "bf16 在支持的设备上更快，但舍入误差更大；fp16 用于 CUDA GPU",
    "accumulate": "累积批次数",
    "Number of batches whose gradients are combined into one step: a larger batch in less memory": "每一步合并多少个批次的梯度：用更少的内存得到更大的批量",
    "ema": "权重滑动平均",
    "Decay of a moving average of the weights, which is used for validation and kept at the end; blank: no averaging": "权重滑动平均的衰减率，验证和最终保留的都是平均后的权重；留空：不平均",
    "patience": "耐心",
    "Epochs without a better validation loss before training stops; blank: never stop early": "验证损失连续多少轮没有改善就停止训练；留空：不早停",
    "min delta": "最小改进",
    "How much lower the validation loss must be to count as better": "验证损失至少降低多少才算改善",
    "keep best": "保留最佳",
    "At the end, go back to the weights of the epoch with the lowest validation loss": "结束时恢复验证损失最低的那一轮的权重",
    "overfit batch": "过拟合单个批次",
    "Train on a single batch only: if the network cannot learn even that by heart, something is wrong": "只用一个批次训练：如果连一个批次都学不会，网络一定有问题",
}

FAULTS_ZH: dict[str, str] = {
    "bad_weights": "这些权重不能用：{detail}",
    "weights_differ": "文件属于另一个网络：{table}",
    "weights_strange": "文件中没有任何内容适合这个网络：{table}",
    "bad_checkpoint": "这不是可用的检查点：{detail}",
    "has_checkpoints": "{folder} 中有之前训练的检查点：请用 --resume 继续，或换一个文件夹",
    "other_checkpoint": "{folder} 中是另一个实验的检查点，请换一个文件夹",
    "no_fp16": "{device} 不能用 fp16 训练，它需要 CUDA GPU；请选择 bf16 或 float32",
    "stopped_early": "早停于第 {epoch} 轮之后：连续 {patience} 轮，验证损失都没有低于第 {best} 轮",
}

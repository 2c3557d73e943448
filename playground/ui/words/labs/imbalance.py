"""Words of the lab about rare classes."""

TEXT = {
    "title": ("Rare classes", "稀有类别"),
    "notice": (
        "Focal loss plays down samples that the network already knows, so that hard ones count more; class weights "
        "make up for rarity itself. Compare how many rare digits each loss recognises, and how sure the network becomes.",
        "焦点损失降低网络已掌握样本的权重，使难样本更重要；类别权重则直接弥补稀有。比较每种损失能认出多少稀有数字，"
        "以及网络有多自信。",
    ),
    "try": (
        "Which gamma recognises most rare digits here, and what does it cost in confidence?",
        "这里哪个 gamma 认出的稀有数字最多？它在自信程度上付出了什么代价？",
    ),
    "field.gamma": ("Gamma", "Gamma"),
    "field.rare": ("Images of a rare digit", "每个稀有数字的图片数"),
    "field.steps": ("Steps", "步数"),
    "surprise.same": ("gamma 0 is cross-entropy", "gamma 为 0 就是交叉熵"),
    "surprise.strong": ("a very large gamma", "很大的 gamma"),
    "surprise.very_rare": ("two images each", "每个只有两张"),
    "surprise.balanced": ("no digit is rare", "没有稀有数字"),
    "cross_entropy": ("cross-entropy", "交叉熵"),
    "focal": ("focal", "焦点损失"),
    "balanced": ("weighted cross-entropy", "加权交叉熵"),
    "digit": ("digit", "数字"),
    "recall": ("share recognised", "认出的比例"),
    "probability": ("probability of the right class", "正确类别的概率"),
    "loss": ("loss", "损失"),
    "common": ("common digits", "常见数字"),
    "rare": ("rare digits", "稀有数字"),
    "confidence": ("mean probability of the right one", "正确类别的平均概率"),
    "rare_found": (
        "Of the rare digits cross-entropy recognises {cross_entropy}, focal loss {focal}, weighted cross-entropy "
        "{balanced}.",
        "对稀有数字，交叉熵认出 {cross_entropy}，焦点损失认出 {focal}，加权交叉熵认出 {balanced}。",
    ),
}
HELP_ZH = {
    "gamma": "对已有把握的样本降低权重的程度",
    "rare": "数字 5 到 9 每个的训练图片数",
    "steps": "训练的步数",
}

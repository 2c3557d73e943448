"""The report and the embedding."""

TEXT: dict[str, tuple[str, str]] = {
    "report.title": ("Report", "报告"),
    "report.help": (
        "after epoch {epoch}, over all {n} validation samples",
        "第 {epoch} 轮之后，全部 {n} 个验证样本",
    ),
    "report.help.some": (
        "after epoch {epoch}, over {n} of {of} validation samples",
        "第 {epoch} 轮之后，{of} 个验证样本中的 {n} 个",
    ),
    "report.idle": ("The scores come after the first epoch.", "第一轮结束后显示各项得分。"),
    "report.was": ("before: {value}", "上次：{value}"),
    "report.compared": (
        "“before” is the run before: {name}, after epoch {epoch}",
        "“上次”指上一次训练：{name}，第 {epoch} 轮之后",
    ),
    "report.accuracy": ("accuracy", "准确率"),
    "report.top3": ("right one among the first three", "前三名中有正确答案"),
    "report.balanced_accuracy": ("mean recall of the classes", "各类召回率的平均"),
    "report.macro_f1": ("macro F1", "宏平均 F1"),
    "report.auc": ("AUC, each class against the rest", "AUC（一对多）"),
    "report.mae": ("mean absolute error", "平均绝对误差"),
    "report.rmse": ("root mean squared error", "均方根误差"),
    "report.true": ("true ↓ answer →", "真实 ↓ 回答 →"),
    "report.recall": ("recall", "召回率"),
    "report.confusion": ("Which classes are taken for which", "哪些类别被当成哪些"),
    "report.cell": (
        "{count} of {of} “{label}” were taken for “{answer}”",
        "{of} 个“{label}”中有 {count} 个被当成“{answer}”",
    ),
    "places.title": ("Embedding", "嵌入"),
    "places.help": (
        "where the network puts each validation sample; like ones should lie together",
        "网络把每个验证样本放在哪里；同类应当聚在一起",
    ),
    "places.idle": (
        "Press Train to see the samples find their places.",
        "点击“训练”，看样本各就各位。",
    ),
    "places.n": ("{n} of {of} samples", "{of} 个样本中的 {n} 个"),
    "places.projected": (
        "{n} dimensions seen from the side that shows {share} of their spread",
        "{n} 维，所示方向包含 {share} 的散布",
    ),
}

"""Words of the lab about outliers."""

from ....catalogues.losses import LOSSES
from . import labels_of

TEXT = {
    **labels_of(LOSSES),
    "title": ("Outliers", "离群值"),
    "notice": (
        "One number is to stand for all points. Drag the highest point: squares follow it, distances do not, and Huber "
        "follows only while it is near.",
        "用一个数代表所有点。拖动最高的点：平方误差跟着它走，绝对误差不动，Huber 只在它较近时跟随。",
    ),
    "try": (
        "Which of the lines does not move at all, however far you drag the highest point upwards, and why?",
        "无论把最高点拖得多高，哪条线完全不动？为什么？",
    ),
    "field.points": ("Values", "数值"),
    "field.delta": ("Linear from", "线性起点"),
    "surprise.no_outlier": ("no outlier", "没有离群值"),
    "surprise.far": ("very far away", "非常远"),
    "surprise.near_l1": ("Huber almost as L1", "Huber 接近 L1"),
    "surprise.near_mse": ("Huber as MSE", "Huber 等同 MSE"),
    "surprise.even": ("many best answers", "许多最佳答案"),
    "surprise.majority": ("who is the outlier?", "谁是离群值？"),
    "number.mean": ("mean", "平均数"),
    "number.median": ("median", "中位数"),
    "loss": ("loss", "损失"),
    "best_number": ("best number", "最佳数"),
    "largest_pull": ("largest pull", "最大拉力"),
    "value": ("value", "数值"),
    "number": ("number of the point", "点的编号"),
    "pull": ("pull at the best number", "对最佳数的拉力"),
    "guess": ("guess", "猜测的数"),
    "middle": (
        "The best number for squares is the mean, {mean}; for distances it is the median, {median}.",
        "平方误差的最佳数是平均数 {mean}；绝对误差的最佳数是中位数 {median}。",
    ),
    "even": (
        "The best number for squares is the mean, {mean}. With an even number of points every number between the two in "
        "the middle is best for distances; {median} is half way.",
        "平方误差的最佳数是平均数 {mean}。点数为偶数时，中间两点之间的任何数对绝对误差都最佳；{median} 是正中间。",
    ),
}
HELP_ZH = {
    "points": "要用一个数代表的数值",
    "delta": "Huber 和 Smooth L1 从哪里开始变为线性",
}

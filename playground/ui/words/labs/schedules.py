"""Words of the lab about learning-rate schedules."""

from ....catalogues.schedules import SCHEDULES
from . import labels_of

TEXT = {
    **labels_of(SCHEDULES),
    "title": ("Schedules", "学习率调度"),
    "notice": (
        "A schedule multiplies the learning rate by a factor at every step. A warm-up rises to where the schedule "
        "begins; drag its end, and the height of the full rate.",
        "调度在每一步把学习率乘以一个系数。预热上升到调度开始的高度；拖动它的终点，以及完整学习率的高度。",
    ),
    "try": (
        "On the plateau schedule, draw losses that make the rate drop three times within twelve epochs.",
        "用“平台期下降”调度，画出在十二轮内让学习率下降三次的损失。",
    ),
    "field.schedule": ("Schedule", "调度"),
    "field.options": ("Options", "选项"),
    "field.lr": ("Learning rate", "学习率"),
    "field.steps": ("Steps", "步数"),
    "field.steps_per_epoch": ("Steps of an epoch", "每轮步数"),
    "field.warmup_steps": ("Warm-up", "预热"),
    "field.beside": ("Beside it", "对比"),
    "field.losses": ("Validation losses", "验证损失"),
    "surprise.plateau": ("losses drawn by hand", "手画的损失"),
    "surprise.never_full": ("a rate that is never reached", "永远达不到的学习率"),
    "surprise.all_warmup": ("nothing but warm-up", "只有预热"),
    "surprise.first_step": ("the first step is not 0", "第一步不是 0"),
    "surprise.warm_up": ("warm-up, then the schedule", "先预热，再按调度"),
    "surprise.one_epoch": ("a drop that never comes", "从未到来的下降"),
    "surprise.restarts": ("warm restarts", "热重启"),
    "number.largest": ("largest rate", "最大学习率"),
    "number.last": ("last rate", "最后的学习率"),
    "step": ("step", "步"),
    "rate": ("learning rate", "学习率"),
    "epoch": ("epoch", "轮"),
    "val_loss": ("validation loss", "验证损失"),
    "drop": ("the rate drops", "学习率下降"),
    "warmup_end": ("end of the warm-up", "预热终点"),
    "full_rate": ("full learning rate", "完整学习率"),
    "warmup": (
        "The warm-up takes {n} steps. The first step already has a rate of {first}: with 0 it would be wasted.",
        "预热 {n} 步。第一步的学习率已经是 {first}：若为 0，这一步就浪费了。",
    ),
    "never_full": (
        "The rate never gets past {largest}, although {lr} is set.",
        "学习率最高只到 {largest}，虽然设置的是 {lr}。",
    ),
    "drops": (
        "Drops of the rate: {n}; they come after epoch {epochs}.",
        "学习率下降次数：{n}；发生在这些轮之后：{epochs}。",
    ),
    "flat": (
        "After the warm-up the rate stays the same: this schedule changes at the end of epochs of {n} steps, and the run "
        "is over before.",
        "预热之后学习率不再变化：这个调度在每轮（{n} 步）结束时才改变，而训练在此之前就结束了。",
    ),
}
HELP_ZH = {
    "schedule": "使用哪种调度",
    "options": "它的选项",
    "lr": "调度所乘的学习率",
    "steps": "整个训练的步数",
    "steps_per_epoch": "每轮的步数",
    "warmup_steps": "预热的步数",
    "beside": "画在后面的其他调度",
    "losses": "每轮的验证损失，供等待平台期的调度使用",
}

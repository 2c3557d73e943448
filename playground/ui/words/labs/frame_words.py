"""Words of the frame around every lab: index, controls, code. They travel with the index and with each lab."""

TEXT: dict[str, tuple[str, str]] = {
    "labs.title": ("Labs", "实验室"),
    "labs.intro": (
        "Each is one idea to play with: real PyTorch behind every number, and the code that ran beside it. "
        "Start at a tensor, end at your own network.",
        "每个实验只讲一个想法，供你动手试：每个数都由真正的 PyTorch 算出，旁边就是运行过的代码。从一个张量开始，到自己的网络结束。",
    ),
    "labs.search": ("Search labs", "搜索实验"),
    "labs.groups": ("Groups of labs", "实验分组"),
    "labs.all": ("All {n}", "全部 {n}"),
    "labs.nothing": ("No lab has these words.", "没有包含这些词的实验。"),
    "labs.back": ("All labs", "全部实验"),
    "labs.course": ("Course", "课程"),
    "labs.previous": ("Previous lab: {title}", "上一个实验：{title}"),
    "labs.next": ("Next lab: {title}", "下一个实验：{title}"),
    "labs.link": ("Copy link", "复制链接"),
    "labs.link.copied": (
        "Link copied: it opens this lab in this state.",
        "链接已复制：打开后就是这个实验现在的状态。",
    ),
    "labs.notice": ("What to notice.", "注意："),
    "labs.controls": ("Controls", "控制"),
    "labs.options": ("Options", "选项"),
    "labs.reset": ("Back to the start", "恢复初始"),
    "labs.numbers": ("Numbers", "数值"),
    "labs.surprises": ("Surprises", "意外之处"),
    "labs.try": ("Try.", "试一试。"),
    "labs.code": ("The code that ran", "运行过的代码"),
    "labs.copy": ("Copy", "复制"),
    "labs.copied": ("Code copied", "代码已复制"),
    "labs.by_hand": ("Press Ctrl+C to copy what is selected.", "请按 Ctrl+C 复制选中的内容。"),
    "labs.challenges": ("Challenges", "挑战"),
    "labs.challenges.intro": (
        "A network of your own within limits that reaches a target, judged by training it again.",
        "在限制之内，用你自己的网络达到目标；服务器重新训练后评判。",
    ),
    "labs.open": ("Open in the playground", "在实验台中打开"),
    "labs.open.help": (
        "Opens “{name}”, an experiment that uses this.",
        "打开用到它的实验“{name}”。",
    ),
    "labs.use": ("Use in the experiment", "用到当前实验中"),
    "labs.use.help": (
        "Puts these settings into the experiment on the screen; they can be undone there.",
        "把这些设置放进当前的实验；在那里可以撤销。",
    ),
    "labs.leads_to": ("Where to go from here", "接下来看什么"),
    "labs.picture": ("Picture", "图示"),
    "labs.json": (
        'This cannot be read: write lists as [1, 2, 3] and names as {"x": 2}.',
        '无法读取：列表写成 [1, 2, 3]，带名字的值写成 {"x": 2}。',
    ),
    "labs.ignored": (
        "The link has a value that this lab does not take, and it was left out. {sentence}",
        "链接中有一个此实验不接受的值，已忽略。{sentence}",
    ),
    "labs.undo": ("Undo", "撤销"),
    "labs.redo": ("Redo", "重做"),
    "labs.undone": ("Undone", "已撤销"),
    "labs.redone": ("Redone", "已重做"),
}

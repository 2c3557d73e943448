"""The page as a whole: its name, its tabs, what it says when something goes wrong."""

TEXT: dict[str, tuple[str, str]] = {
    "app.title": ("Neural network playground", "神经网络游乐场"),
    "app.brand": ("Playground", "游乐场"),
    "app.rail": ("The network now", "当前网络"),
    "error.offline": (
        "The server does not answer. Your work is kept in this browser; trying again…",
        "服务器没有响应。你的内容保存在此浏览器中，正在重试…",
    ),
    "error.status": (
        "The server answered with an error ({status}).",
        "服务器返回错误（{status}）。",
    ),
    "error.again": (
        "The server answered with an error ({status}). Your work is kept in this browser; trying again…",
        "服务器返回错误（{status}）。你的内容保存在此浏览器中，正在重试…",
    ),
    "error.outdated": ("The network has changed since then; try again.", "网络已经改变，请重试。"),
    "error.faults": (
        "There is a problem with the experiment. Fix it first.",
        "实验设置有问题，请先修正。",
    ),
    "fault.of": ("{name}: {fault}", "{name}：{fault}"),
    "error.fault": ("Fix this first: {fault}", "请先修正：{fault}"),
    "notice.dismiss": ("Dismiss", "关闭"),
    "tabs.label": ("Parts of the playground", "页面各部分"),
    "tab.build": ("Build", "搭建"),
    "tab.train": ("Train", "训练"),
    "tab.inside": ("Look inside", "内部观察"),
    "tab.draw": ("Draw", "手写"),
    "tab.try": ("Try it", "试一试"),
    "tab.code": ("Code", "代码"),
}

"""The page as a whole: its name, its tabs, what it says when something goes wrong."""

TEXT: dict[str, tuple[str, str]] = {
    "app.title": ("Neural network playground", "神经网络游乐场"),
    "app.brand": ("Playground", "游乐场"),
    "app.rail": ("The network now", "当前网络"),
    "page.old_browser": (
        "This browser is too old for the playground. Please use a current one.",
        "此浏览器版本过旧，无法运行本应用，请使用较新的浏览器。",
    ),
    "page.no_script": (
        "The playground needs JavaScript. Please allow it for this page.",
        "本应用需要 JavaScript，请为此页面启用它。",
    ),
    "page.failed_script": ("Part of the page could not be loaded.", "页面的一部分未能加载。"),
    "page.labs": ("Opening the labs…", "正在打开实验室……"),
    "page.reload": ("Reload", "重新加载"),
    "skip.to_content": ("Skip to content", "跳到主要内容"),
    "rail.open": ("Now and Try it", "当前状态与试一试"),
    "rail.loss": ("loss {value}", "损失 {value}"),
    "open.last": ("Your last experiment is still here.", "上次的实验仍保存在此浏览器中。"),
    "open.last.act": ("Open it", "打开"),
    "undo": ("Undo", "撤销"),
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
    "error.waiting": (
        "This run is waiting for a place. The network can answer as soon as training starts.",
        "此训练正在等候名额，训练开始后网络即可回答。",
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
}

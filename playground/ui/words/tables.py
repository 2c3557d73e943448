"""Words of uploads and of tables."""

TEXT: dict[str, tuple[str, str]] = {
    "upload.choose": ("Choose a file…", "选择文件…"),
    "upload.too_large": (
        "the file has {size}; at most {limit} are accepted. Make it smaller, for instance by keeping fewer rows.",
        "文件大小为 {size}，最多接受 {limit}。请缩小文件，例如减少行数。",
    ),
    "upload.empty": ("the file is empty; choose one that holds data.", "文件是空的，请选择有数据的文件。"),
}

FAULTS_ZH: dict[str, str] = {
    "upload_missing": "文件已不在此服务器上（或从未上传），请重新上传",
    "upload_none": "还没有选择文件，请选择一个",
    "upload_empty": "文件是空的，请选择有数据的文件",
    "upload_kind": "不接受“{given}”类文件；可用：{known}",
}

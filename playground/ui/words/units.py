"""Words of the units over the plane."""

TEXT: dict[str, tuple[str, str]] = {
    "units.title": ("What each unit sees", "每个单元看到的"),
    "units.help": (
        "over the plane: blue where it is positive, orange where it is negative",
        "在平面上：蓝色为正，橙色为负",
    ),
    "units.some": ("{n} of {of}", "{of} 个中的 {n} 个"),
    "units.unit": ("{label}, unit {n}", "{label}，第 {n} 个单元"),
}

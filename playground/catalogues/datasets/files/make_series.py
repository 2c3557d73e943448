"""Makes co2_weekly.csv and sea_temperature.csv from the data sets in the public package statsmodels.

pip install statsmodels
python playground/catalogues/datasets/files/make_series.py
"""

from pathlib import Path

from statsmodels.datasets import co2, elnino

FOLDER = Path(__file__).parent


def write(name: str, column: str, rows: list[tuple[str, float]]) -> None:
    """One line a step, `date,value`; nothing behind the comma where the value is missing."""
    lines = [f"date,{column}\n"] + [
        f"{date},{'' if value != value else f'{value:g}'}\n" for date, value in rows
    ]
    (FOLDER / name).write_text("".join(lines), encoding="utf-8")
    print(f"{name}: {len(rows)} steps, {(FOLDER / name).stat().st_size:,} bytes")


def main() -> None:
    """Weekly CO₂ at Mauna Loa in ppm, 1958-2001; monthly sea surface temperature off Peru in °C, 1950-2010."""
    weekly = co2.load_pandas().data["co2"]
    write("co2_weekly.csv", "co2", [(f"{date:%Y-%m-%d}", value) for date, value in weekly.items()])
    table = elnino.load_pandas().data
    months = [
        (f"{int(row['YEAR'])}-{month:02d}", float(row.iloc[month]))
        for _, row in table.iterrows()
        for month in range(1, 13)
    ]
    write("sea_temperature.csv", "temperature", months)


if __name__ == "__main__":
    main()

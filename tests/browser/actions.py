"""What a person does on every page, for all browser tests."""

from playwright.sync_api import Page


def prolong(page: Page, epochs: int = 10_000) -> None:
    """Makes the experiment so long that it does not end by itself while a test looks at it."""
    page.evaluate(
        "(epochs) => playground.edit('edit.training', (experiment) => { experiment.training.epochs = epochs; })",
        epochs,
    )
    page.wait_for_function("playground.isChecked()")


def train(page: Page) -> None:
    """Presses Train and waits for the first point of the curve."""
    page.locator("button.train").click()
    page.wait_for_function("playground.history.steps.step.length > 0")


def show_tab(page: Page, name: str) -> None:
    """Opens a tab by the name that it has on the screen."""
    page.get_by_role("tab", name=name).click()


def open_whole_tab(page: Page, tab: str) -> None:
    """Opens a tab by its name in the address, and waits until all its cards are drawn: they come one by one."""
    page.evaluate("(tab) => playground.tab(tab)", tab)
    page.wait_for_function(
        """(tab) => {
          const cards = [...document.querySelectorAll(`#panel-${tab} [data-pg]`)];
          return playground.state.tab === tab && cards.length > 0 && cards.every(({ dataset }) => dataset.mounted);
        }""",
        arg=tab,
    )

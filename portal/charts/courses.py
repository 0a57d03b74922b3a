"""Which points of a series may be joined, and how those without a number are told. Pure."""


def courses(points, breaks) -> list[list[int]]:
    """Return the runs of two and more columns that a line may join.

    A run goes on while points are exact and no break stands before the column; `breaks` are the columns
    that one stands before.
    """
    runs, run = [], []
    for index, point in enumerate(points):
        if index in breaks or not point.is_exact:
            runs.append(run)
            run = []
        if point.is_exact:
            run.append(index)
    runs.append(run)
    return [run for run in runs if len(run) > 1]


def missing_notes(chart) -> list[str]:
    """Return a sentence for each series and reason: 郑州 2016、2018：未披露."""
    told = {}
    for one in chart.series:
        for label, point in zip(chart.columns, one.points, strict=True):
            if not point.is_drawn:
                told.setdefault((one.label, point.text), []).append(label)
    return [f"{series} {'、'.join(labels)}：{words}" for (series, words), labels in told.items()]

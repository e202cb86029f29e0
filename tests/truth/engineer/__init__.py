"""The judge's list for the guide to machine learning engineers."""

from tests.truth.engineer import charts, jobs, learning, pay, people, told  # noqa: F401  # each adds to the list
from tests.truth.engineer.tables import JUDGE, ROOT
from tests.truth.trial import Case


def case() -> Case:
    """The built-in guide, with words that would make its sentences about absence false."""
    names = [path.name for path in sorted((ROOT / "tables").glob("*.csv"))]
    return Case(
        ROOT,
        JUDGE,
        {f"tables/{name}": None for name in names},
        words={
            "tables/skills.csv": {"skill": ["Java", "Statistics"]},
            "tables/certifications.csv": {"organization": ["Amazon"]},
            "tables/education.csv": {"requirement": ["Bachelor’s", "Bachelor’s or Master’s"]},
            "tables/top_industries.csv": {"industry": ["Automotive"]},
            "tables/industries_employed.csv": {"industry": ["E-commerce"]},
            "tables/salary_by_location.csv": {"location": ["Seattle, WA"], "currency": ["EUR"]},
            "tables/base_pay.csv": {"job_title": ["Data Scientist"]},
        },
        values={
            "tables/top_industries.csv": {"share": ["40", "60", "50"]},
            "tables/industries_employed.csv": {"share": ["35", "60", "45"]},
            "tables/women.csv": {"share": ["8", "50", "65"]},
            "tables/satisfaction.csv": {"satisfied": ["8"]},
            "tables/average_salary.csv": {"salary": ["60000", "121000", "140000"]},
        },
    )

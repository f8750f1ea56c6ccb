"""The limits of a case's texts, in characters as a person counts them."""

TITLE_LIMIT = 120
TEXT_LIMITS: dict[str, int] = {
    "summary": 500,
    "problem": 1500,
    "solution": 3000,
    "novelty": 1000,
    "legal_basis": 1000,
    "partnership": 1000,
    "outcomes": 1500,
    "challenges": 1500,
    "conditions": 1000,
    "lessons": 1000,
    "differently": 700,
    "transfer": 1000,
}
TRANSLATED_FIELDS: tuple[str, ...] = ("title", *TEXT_LIMITS)
TOPICS_LIMIT = 5
REUSABLE_BLOCKS_LIMIT = 6
BLOCK_LIMITS: dict[str, int] = {"name": 120, "what": 500, "factors": 500, "lesson": 500}
IMAGES_LIMIT = 6
FILES_LIMIT = 3
REVIEW_AFTER_MONTHS = 24

"""What people ask of charts elsewhere, and no chart here does: each with the rule that speaks against it."""

from __future__ import annotations

_ONE_AXIS = (
    "a chart has one axis of values: with a second one, any two lines can be made to meet.",
    "Make two charts, one below the other; or show both as change since one year. (Rule: one-axis.)",
)
_LOG = (
    "there is no logarithmic axis: readers take its steps for differences.",
    "Show the change in per cent, or the largest and the others in two charts. (Rule: log-axis.)",
)
_START = (
    "where an axis starts is not for a setting: bars are as long as their numbers.",
    "Show the differences themselves as a field, or use a line or dots. (Rule: bars-from-zero.)",
)
_COLOUR = (
    "colours are a brand's, and stand for something.",
    "Write highlight for what stands out, and the colours in brand.toml. (Rule: colour-meaning.)",
)
_AREA = (
    "marks are as large as their numbers, in the plane.",
    'Leave it out; size = "field" gives the dots of a scatter areas of their own. (Rule: areas.)',
)

NEVER: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("y2", "x2", "secondary", "secondary_y", "secondary_axis", "second_axis", "right", "right_axis", "y_right",
         "dual_axis", "axis2"), _ONE_AXIS,
    ),
    **dict.fromkeys(("log", "log_x", "log_y", "logx", "logy", "log_scale", "logarithmic", "scale"), _LOG),
    **dict.fromkeys(
        ("from", "start", "axis_start", "axis_min", "y_min", "ymin", "x_min", "xmin", "ylim", "xlim", "baseline",
         "minimum", "zero", "truncate"), _START,
    ),
    **dict.fromkeys(("color", "colour", "colors", "colours", "palette", "colormap", "cmap"), _COLOUR),
    **dict.fromkeys(("depth", "perspective", "three_d", "radius", "explode", "shadow"), _AREA),
}  # fmt: skip
"""Setting of a chart → what is wrong with it, and what to do."""

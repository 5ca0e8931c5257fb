/* SPDX-License-Identifier: MIT
 * A placed and routed diagram as SVG. */
#include <string.h>

#include "lang/diagram.h"
#include "lang/forms.h"

#define SVG_NARROWEST 560.0

static const char svg_style[] =
    "<style>\n"
    ".ebb-diagram{--paper:#fff;--ink:#1d2430;--soft:#5b6675;--line:#9aa5b4;"
    "--state:#eef3f9;--plus:#0a6c83;--minus:#b03a12;--both:#6b4aa8;--none:#98a1ad;"
    "font:13px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}\n"
    "@media (prefers-color-scheme:dark){.ebb-diagram{--paper:#14181f;--ink:#e8edf4;"
    "--soft:#a3afbf;--line:#5f6b7b;--state:#222b38;--plus:#5cc7dd;--minus:#ff9a70;"
    "--both:#bfa5f5;--none:#6d7785}}\n"
    ".ebb-diagram .paper{fill:var(--paper)}\n"
    ".ebb-diagram text{fill:var(--ink)}\n"
    ".ebb-diagram .h{font-size:15px;font-weight:600}\n"
    ".ebb-diagram .p{fill:var(--soft);text-anchor:middle}\n"
    ".ebb-diagram .w{fill:var(--soft);font-size:12px}\n"
    ".ebb-diagram .n text{text-anchor:middle}\n"
    ".ebb-diagram .n rect{fill:var(--paper);stroke:var(--line)}\n"
    ".ebb-diagram .state rect{fill:var(--state);stroke:var(--ink)}\n"
    ".ebb-diagram .input rect{stroke-dasharray:4 3}\n"
    ".ebb-diagram .event rect{stroke-width:2.5}\n"
    ".ebb-diagram .let text{font-style:italic}\n"
    ".ebb-diagram .l path,.ebb-diagram .l line{fill:none;stroke:currentColor;"
    "stroke-width:1.5}\n"
    ".ebb-diagram .l polygon{fill:currentColor}\n"
    ".ebb-diagram .l text{fill:currentColor;font-size:15px;font-weight:700;"
    "text-anchor:middle;stroke:var(--paper);stroke-width:3px;paint-order:stroke}\n"
    ".ebb-diagram .plus{color:var(--plus)}\n"
    ".ebb-diagram .minus{color:var(--minus)}\n"
    ".ebb-diagram .both{color:var(--both)}\n"
    ".ebb-diagram .none{color:var(--none)}\n"
    ".ebb-diagram .none path{stroke-dasharray:2 4}\n"
    ".ebb-diagram .b circle{fill:var(--paper);stroke:var(--soft)}\n"
    ".ebb-diagram .b text{fill:var(--soft);font-size:11px;font-weight:600;"
    "text-anchor:middle}\n"
    "</style>\n";

/* --- links ------------------------------------------------------------------------ */

static double svg_length(double x, double y)
{
    return __builtin_sqrt(x * x + y * y) + 1e-9;
}

/* The head: a triangle whose tip is the end of the curve. */
static void svg_head(const ebb_link_t *link, ebb_text_t *out)
{
    double dx = link->end.x - link->middle.x, dy = link->end.y - link->middle.y;
    double length = svg_length(dx, dy), x = dx / length, y = dy / length;
    ebb_xy_t back = {link->end.x - 9 * x, link->end.y - 9 * y};
    ebb_text_printf(out, "<polygon points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f\"/>",
                    link->end.x, link->end.y, back.x - 4 * y, back.y + 4 * x,
                    back.x + 4 * y, back.y - 4 * x);
}

/* Two strokes across the middle of what is late. */
static void svg_late(const ebb_link_t *link, ebb_text_t *out)
{
    double dx = link->end.x - link->start.x, dy = link->end.y - link->start.y;
    double length = svg_length(dx, dy), x = dx / length, y = dy / length;
    ebb_xy_t m = ebb_link_point(link, 0.5);
    for (int side = -1; side <= 1; side += 2) {
        double cx = m.x + side * 2.5 * x, cy = m.y + side * 2.5 * y;
        ebb_text_printf(out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                        cx - 7 * y, cy + 7 * x, cx + 7 * y, cy - 7 * x);
    }
}

static void svg_link(const ebb_diagram_t *diagram, const ebb_link_t *link,
                     ebb_text_t *out)
{
    static const char *const kinds[] = {"none", "plus", "minus", "both"};
    static const char *const signs[] = {"", "+", "−", "±"};
    uint8_t sign = link->bits & EBB_LINK_SIGN;
    ebb_text_printf(out, "<g class=\"l %s\"><title>", kinds[sign]);
    ebb_xml_text(out, diagram->spots[link->from].name);
    ebb_text_puts(out, " → ");
    ebb_xml_text(out, diagram->spots[link->to].name);
    ebb_text_printf(out, "</title><path d=\"M%.1f %.1fQ%.1f %.1f %.1f %.1f\"/>",
                    link->start.x, link->start.y, link->middle.x, link->middle.y,
                    link->end.x, link->end.y);
    svg_head(link, out);
    if (link->bits & EBB_LINK_LATE) {
        svg_late(link, out);
    }
    if (sign) {
        ebb_text_printf(out, "<text x=\"%.1f\" y=\"%.1f\">%s</text>", link->sign.x,
                        link->sign.y + 5, signs[sign]);
    }
    ebb_text_puts(out, "</g>\n");
}

/* --- spots ------------------------------------------------------------------------ */

static void svg_label(const char *label, ebb_text_t *out)
{
    size_t letters = strlen(label); /* names are ASCII */
    if (letters <= EBB_SPOT_LETTERS) {
        ebb_text_puts(out, label);
    } else {
        ebb_text_append(out, label, EBB_SPOT_LETTERS - 1);
        ebb_text_puts(out, "…");
    }
}

static void svg_spot(const ebb_spot_t *spot, ebb_text_t *out)
{
    static const char *const kinds[] = {"state", "let", "input", "event"};
    static const double corners[] = {3, 9, 3, EBB_SPOT_HALF};
    ebb_text_printf(out, "<g class=\"n %s\"><title>", kinds[spot->kind]);
    ebb_xml_text(out, spot->name);
    ebb_text_printf(out, " (%s)%s", kinds[spot->kind], spot->text[0] ? ": " : "");
    ebb_xml_text(out, spot->text);
    ebb_text_printf(
        out,
        "</title><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
        "rx=\"%.0f\"/><text x=\"%.1f\" y=\"%.1f\">",
        spot->at.x - spot->width / 2, spot->at.y - EBB_SPOT_HALF, spot->width,
        2 * EBB_SPOT_HALF, corners[spot->kind], spot->at.x, spot->at.y + 4.5);
    svg_label(spot->label, out);
    ebb_text_puts(out, "</text></g>\n");
}

static void svg_badges(const ebb_diagram_t *diagram, ebb_text_t *out)
{
    char name[16];
    for (size_t i = 0; i < diagram->loop_count; i++) {
        ebb_xy_t at = diagram->loops[i].badge;
        if (at.x > 0) {
            ebb_loop_name(diagram, i, name);
            ebb_text_printf(out,
                            "<g class=\"b\"><circle cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"/>"
                            "<text x=\"%.1f\" y=\"%.1f\">%s</text></g>\n",
                            at.x, at.y, strlen(name) > 3 ? "17" : "12", at.x, at.y + 4,
                            name);
        }
    }
}

/* Who is where. */
static void svg_persons(const ebb_diagram_t *diagram, ebb_text_t *out)
{
    size_t persons = diagram->system->person_count;
    for (size_t p = 0; p <= persons; p++) {
        uint32_t block = diagram->block_of[p];
        if (p < persons || diagram->block_count > persons) {
            ebb_text_printf(out, "<text class=\"p\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                            diagram->block_x[block], diagram->top - 22,
                            p < persons ? diagram->system->persons[p] : "shared");
        }
    }
}

/* --- the whole -------------------------------------------------------------------- */

static void svg_head_of_all(const ebb_diagram_t *diagram, double width, double height,
                            ebb_text_t *out)
{
    const ebb_system_t *system = diagram->system;
    const char *title = system->text[0] ? system->text : system->name;
    ebb_text_printf(out,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ebb-diagram\" "
                    "viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n<title>",
                    width, height);
    ebb_xml_text(out, title);
    ebb_text_puts(out, "</title>\n<desc>");
    ebb_diagram_describe(diagram, out);
    ebb_text_puts(out, "</desc>\n");
    ebb_text_puts(out, svg_style);
    ebb_text_printf(out, "<rect class=\"paper\" width=\"%.0f\" height=\"%.0f\"/>\n",
                    width, height);
    ebb_text_puts(out, "<text class=\"h\" x=\"24\" y=\"30\">");
    ebb_xml_text(out, title);
    ebb_text_puts(out, "</text>\n");
}

void ebb_diagram_write(const ebb_diagram_t *diagram, ebb_text_t *out)
{
    double width = diagram->width > SVG_NARROWEST ? diagram->width : SVG_NARROWEST;
    double below = diagram->top + diagram->height + 24;
    double height = below + ebb_diagram_words(diagram, width, below, NULL) + 14;
    svg_head_of_all(diagram, width, height, out);
    ebb_text_printf(out, "<g transform=\"translate(%.1f 0)\">\n",
                    (width - diagram->width) / 2);
    svg_persons(diagram, out);
    for (size_t i = 0; i < diagram->link_count; i++) {
        svg_link(diagram, &diagram->links[i], out);
    }
    for (size_t i = 0; i < diagram->spot_count; i++) {
        svg_spot(&diagram->spots[i], out);
    }
    svg_badges(diagram, out);
    ebb_text_puts(out, "</g>\n");
    (void)ebb_diagram_words(diagram, width, below, out);
    ebb_text_puts(out, "</svg>\n");
}

/* SPDX-License-Identifier: MIT
 *
 * Documents of models: what they must say, that they are whole, and that a hostile
 * description stays text.
 *
 *     test_document MODELS GOOD DOCUMENTS           checks; DOCUMENTS holds the whole
 * of two small ones test_document MODELS GOOD DOCUMENTS --write   writes these, to be
 * looked at
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdlib.h>

#include "check.h"
#include "ebb/document.h"
#include "lang/model.h"
#include "scarce.h"

/* --- models ----------------------------------------------------------------------- */

static ebb_model_t *read_text(const char *bytes, size_t size, const ebb_alloc_t *alloc)
{
    ebb_model_text_t text = {.bytes = bytes, .size = size, .alloc = alloc};
    ebb_model_t *model = NULL;
    ebb_text_t report;
    ebb_text_init(&report, NULL);
    if (ebb_model_read(&model, &text, &report, NULL) != EBB_OK) {
        check_one(0, report.data ? report.data : "no model", __FILE__, __LINE__);
    }
    ebb_text_free(&report);
    return model;
}

static ebb_text_t read_file(const char *folder, const char *name)
{
    char path[1024], buffer[4096];
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    size_t n = 0;
    while (file && (n = fread(buffer, 1, sizeof buffer, file)) > 0) {
        ebb_text_append(&text, buffer, n);
    }
    if (file) {
        (void)fclose(file);
    }
    return text;
}

static ebb_model_t *read_model(const char *folder, const char *name)
{
    ebb_text_t text = read_file(folder, name);
    ebb_model_t *model = read_text(text.data ? text.data : "", text.length, NULL);
    ebb_text_free(&text);
    return model;
}

/* The documents of a model, each to be released. */
static ebb_text_t latex_of(const ebb_model_t *model)
{
    ebb_text_t out;
    ebb_text_init(&out, NULL);
    CHECK(ebb_document_latex(model, &out) == EBB_OK);
    return out;
}

static ebb_text_t mathml_of(const ebb_model_t *model)
{
    ebb_text_t out;
    ebb_text_init(&out, NULL);
    CHECK(ebb_document_mathml(model, &out) == EBB_OK);
    return out;
}

static ebb_text_t diagram_of(const ebb_model_t *model, ebb_diagram_lets_t lets)
{
    ebb_text_t out;
    ebb_error_t error = {0};
    ebb_text_init(&out, NULL);
    CHECK(ebb_document_diagram(model, lets, &out, &error) == EBB_OK);
    CHECK_STRING(error.text, "");
    return out;
}

/* --- wholeness -------------------------------------------------------------------- */

/* Braces match, and environments end in the order in which they began. */
static int latex_is_whole(const char *text)
{
    const char *open[16];
    size_t lengths[16], depth = 0;
    int braces = 0;
    for (const char *s = text; *s; s++) {
        if (strncmp(s, "\\begin{", 7) == 0 || strncmp(s, "\\end{", 5) == 0) {
            int begins = s[1] == 'b';
            const char *name = s + (begins ? 7 : 5);
            size_t n = strcspn(name, "}");
            if (begins) {
                if (depth == 16) {
                    return 0;
                }
                open[depth] = name;
                lengths[depth++] = n;
            } else if (depth-- == 0 || lengths[depth] != n ||
                       memcmp(open[depth], name, n) != 0) {
                return 0;
            }
            s = name + n;
        } else if (*s == '\\' && s[1]) {
            s++;
        } else {
            braces += (*s == '{') - (*s == '}');
        }
        if (braces < 0) {
            return 0;
        }
    }
    return braces == 0 && depth == 0;
}

/* Elements end in the order in which they began, and what is no element has no raw < or
 * & in it. */
static int xml_is_whole(const char *text)
{
    const char *open[64];
    size_t lengths[64], depth = 0;
    for (const char *s = text; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (*s == '&') {
            const char *end =
                s + 1 + strspn(s + 1, "#abcdefghijklmnopqrstuvwxyz0123456789");
            if (*end != ';') {
                return 0;
            }
        } else if (*s == '<') {
            int ends = s[1] == '/';
            const char *name = s + 1 + ends, *close = strchr(s, '>');
            size_t n = strcspn(name, " />\n");
            if (!close || n == 0) {
                return 0;
            }
            if (ends) {
                if (depth-- == 0 || lengths[depth] != n ||
                    memcmp(open[depth], name, n) != 0) {
                    return 0;
                }
            } else if (close[-1] != '/') {
                if (depth == 64) {
                    return 0;
                }
                open[depth] = name;
                lengths[depth++] = n;
            }
            s = close;
        } else if (c < ' ' && c != '\n') {
            return 0;
        }
    }
    return depth == 0;
}

/* The longest line of the rows of a LaTeX document, in bytes. */
static size_t latex_widest(const char *text)
{
    size_t widest = 0;
    const char *rows = strstr(text, "\\begin{align*}");
    const char *end = strstr(text, "\\subsection*{Notation}");
    for (const char *s = rows; s && s < end; s = strchr(s, '\n') + 1) {
        size_t n = strcspn(s, "\n");
        widest = n > widest ? n : widest;
    }
    return widest;
}

/* --- what must be there ----------------------------------------------------------- */

/* A name as LaTeX must show it: as a word with its underscores escaped, or by its
 * letter when it is one. */
static int latex_names(const char *text, const char *name)
{
    char word[160] = "{";
    const char *dot = strchr(name, '.');
    name = dot ? dot + 1 : name;
    size_t n = 1, letter = strcspn(name, "_0123456789");
    for (const char *s = name; *s; s++) {
        if (*s == '_') {
            word[n++] = '\\';
        }
        word[n++] = *s;
    }
    word[n++] = '}';
    word[n] = '\0';
    if (strstr(text, word)) {
        return 1;
    }
    (void)snprintf(word, sizeof word, letter == 1 ? "%.*s" : "\\%.*s", (int)letter,
                   name);
    return strstr(text, word) != NULL;
}

static void check_names(const ebb_model_t *model, const char *latex)
{
    for (int kind = EBB_SCALAR_PARAM; kind <= EBB_SCALAR_LET; kind++) {
        ebb_scalar_t scalar;
        for (size_t i = 0;
             ebb_model_scalar(model, (ebb_scalar_kind_t)kind, i, &scalar) == EBB_OK;
             i++) {
            check_one(latex_names(latex, scalar.name), scalar.name, __FILE__, __LINE__);
        }
    }
}

/* Every state, input and event is drawn, whatever lets are. */
static void check_spots(const ebb_model_t *model, const char *svg)
{
    const ebb_system_t *system = ebb_model_system(model);
    char title[200];
    for (size_t i = 0; i < system->state_count; i++) {
        (void)snprintf(title, sizeof title, "<title>%s (state)",
                       system->states[i].name);
        check_one(strstr(svg, title) != NULL, title, __FILE__, __LINE__);
    }
    for (size_t i = 0; i < system->input_count; i++) {
        (void)snprintf(title, sizeof title, "<title>%s (input)",
                       system->inputs[i].name);
        check_one(strstr(svg, title) != NULL, title, __FILE__, __LINE__);
    }
    for (size_t i = 0; i < system->event_count; i++) {
        (void)snprintf(title, sizeof title, "<title>%s (event)",
                       system->events[i].name);
        check_one(strstr(svg, title) != NULL, title, __FILE__, __LINE__);
    }
}

/* --- geometry of a drawing -------------------------------------------------------- */

typedef struct box {
    double x, y, width, height;
} box_t;

static size_t boxes_of(const char *svg, box_t *boxes, size_t room)
{
    size_t count = 0;
    for (const char *s = svg; (s = strstr(s, "<rect x=\"")) != NULL && count < room;
         s++) {
        box_t *b = &boxes[count];
        count += sscanf(s, "<rect x=\"%lf\" y=\"%lf\" width=\"%lf\" height=\"%lf\"",
                        &b->x, &b->y, &b->width, &b->height) == 4;
    }
    return count;
}

static int boxes_meet(const box_t *a, const box_t *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width &&
           a->y < b->y + b->height && b->y < a->y + a->height;
}

/* No two spots lie on each other, none sticks out, and no sign is under a spot. */
static void check_geometry(const char *svg, const char *name)
{
    static box_t boxes[EBB_DIAGRAM_MOST];
    double width = 0, height = 0, x = 0, y = 0;
    size_t count = boxes_of(svg, boxes, EBB_DIAGRAM_MOST);
    CHECK(sscanf(strstr(svg, "viewBox"), "viewBox=\"0 0 %lf %lf\"", &width, &height) ==
          2);
    for (size_t i = 0; i < count; i++) {
        check_one(boxes[i].x >= 0 && boxes[i].x + boxes[i].width <= width &&
                      boxes[i].y >= 0 && boxes[i].y + boxes[i].height <= height,
                  name, __FILE__, __LINE__);
        for (size_t k = 0; k < i; k++) {
            check_one(!boxes_meet(&boxes[i], &boxes[k]), name, __FILE__, __LINE__);
        }
    }
    size_t signs = 0;
    for (const char *s = svg; (s = strstr(s, "/><text x=\"")) != NULL; s++) {
        const char *said = strchr(s + 2, '>') + 1;
        int sign =
            *said == '+' || strncmp(said, "−<", 4) == 0 || strncmp(said, "±<", 3) == 0;
        if (!sign || sscanf(s, "/><text x=\"%lf\" y=\"%lf\"", &x, &y) != 2) {
            continue;
        }
        box_t middle = {x - 2, y - 7, 4, 4};
        signs++;
        for (size_t i = 0; i < count; i++) {
            check_one(!boxes_meet(&middle, &boxes[i]), name, __FILE__, __LINE__);
        }
    }
    check_one(signs > 0 || count == 0 || strcmp(name, "powers.ebb") == 0, name,
              __FILE__, __LINE__);
}

/* An arrow as it is drawn. */
typedef struct arrow {
    char from[80], to[80];
    double x[3], y[3];
} arrow_t;

static size_t arrows_of(const char *svg, arrow_t *arrows, size_t room)
{
    size_t count = 0;
    for (const char *s = svg; (s = strstr(s, "<g class=\"l ")) != NULL && count < room;
         s++) {
        arrow_t *a = &arrows[count];
        const char *title = strstr(s, "<title>"), *path = strstr(s, " d=\"M");
        count += sscanf(title, "<title>%79s → %79[^<]", a->from, a->to) == 2 &&
                 sscanf(path, " d=\"M%lf %lfQ%lf %lf %lf %lf", &a->x[0], &a->y[0],
                        &a->x[1], &a->y[1], &a->x[2], &a->y[2]) == 6;
    }
    return count;
}

/* The other partner's: a.x of b.x; what is shared is its own. */
static void other_name(const char *name, char *other)
{
    (void)snprintf(other, 80, "%.79s", name);
    if (name[0] && name[1] == '.') {
        other[0] = name[0] == 'a' ? 'b' : 'a';
    }
}

static int arrow_mirrors(const arrow_t *a, const arrow_t *b, double sum)
{
    int holds = 1;
    for (int i = 0; i < 3; i++) {
        holds &= fabs(a->x[i] + b->x[i] - sum) < 0.3 && fabs(a->y[i] - b->y[i]) < 0.2;
    }
    return holds;
}

/* Every arrow is the mirror of its partner's, but for those that go straight from one
 * side to its own image, which would lie on each other. */
static void check_mirrored_arrows(const char *svg, double sum, const char *name)
{
    static arrow_t arrows[1024];
    size_t count = arrows_of(svg, arrows, 1024);
    CHECK(count > 0);
    for (size_t i = 0; i < count; i++) {
        char from[80], to[80];
        int found = 0;
        other_name(arrows[i].from, from);
        other_name(arrows[i].to, to);
        int own = strcmp(from, arrows[i].from) == 0 && strcmp(to, arrows[i].to) == 0;
        int across = strcmp(from, arrows[i].to) == 0;
        for (size_t k = 0; k < count; k++) {
            found |= strcmp(arrows[k].from, from) == 0 &&
                     strcmp(arrows[k].to, to) == 0 &&
                     (own || across || arrow_mirrors(&arrows[i], &arrows[k], sum));
        }
        check_one(found, name, __FILE__, __LINE__);
    }
}

/* Whether a drawing has, for each spot, another one in the mirror of its middle. */
static void check_mirror(const char *svg, const char *name)
{
    static box_t boxes[EBB_DIAGRAM_MOST];
    size_t count = boxes_of(svg, boxes, EBB_DIAGRAM_MOST);
    double left = 1e9, right = 0;
    for (size_t i = 0; i < count; i++) {
        left = boxes[i].x < left ? boxes[i].x : left;
        right =
            boxes[i].x + boxes[i].width > right ? boxes[i].x + boxes[i].width : right;
    }
    for (size_t i = 0; i < count; i++) {
        double x = left + right - boxes[i].x - boxes[i].width;
        int found = 0;
        for (size_t k = 0; k < count; k++) {
            found |= fabs(boxes[k].x - x) < 0.3 && fabs(boxes[k].y - boxes[i].y) < 0.2;
        }
        check_one(found, name, __FILE__, __LINE__);
    }
    check_mirrored_arrows(svg, left + right, name);
}

/* --- every model ------------------------------------------------------------------ */

/* Whether a model has more than a diagram shows, as only a large one may. */
static bool is_too_large(const ebb_model_t *model)
{
    ebb_model_info_t info = ebb_model_info(model);
    ebb_text_t out;
    ebb_text_init(&out, NULL);
    int code = ebb_document_diagram(model, EBB_DIAGRAM_ALL, &out, NULL);
    ebb_text_free(&out);
    CHECK(code == EBB_OK ||
          (code == EBB_ERR_LIMIT &&
           info.states + info.lets + info.inputs + info.events > EBB_DIAGRAM_MOST));
    return code != EBB_OK;
}

static void check_drawing(const ebb_model_t *model, ebb_diagram_lets_t lets,
                          const char *name)
{
    ebb_text_t svg = diagram_of(model, lets), again = diagram_of(model, lets);
    check_one(xml_is_whole(svg.data), name, __FILE__, __LINE__);
    CHECK(svg.length == again.length && memcmp(svg.data, again.data, svg.length) == 0);
    check_spots(model, svg.data);
    check_geometry(svg.data, name);
    if (ebb_model_info(model).alike) {
        check_mirror(svg.data, name);
    }
    ebb_text_free(&svg);
    ebb_text_free(&again);
}

static void check_model(const char *folder, const char *name)
{
    ebb_model_t *model = read_model(folder, name);
    if (!model) {
        return;
    }
    ebb_text_t latex = latex_of(model), mathml = mathml_of(model);
    check_one(latex_is_whole(latex.data), name, __FILE__, __LINE__);
    check_one(latex_widest(latex.data) < 420, name, __FILE__, __LINE__);
    check_one(xml_is_whole(mathml.data), name, __FILE__, __LINE__);
    check_names(model, latex.data);
    for (int lets = EBB_DIAGRAM_AUTO; lets <= EBB_DIAGRAM_NONE; lets++) {
        if (lets != EBB_DIAGRAM_ALL || !is_too_large(model)) {
            check_drawing(model, (ebb_diagram_lets_t)lets, name);
        }
    }
    ebb_text_free(&latex);
    ebb_text_free(&mathml);
    ebb_model_free(model);
}

static int is_model(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".ebb") == 0;
}

static int check_folder(const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_model, alphasort);
    for (int i = 0; i < count; i++) {
        check_model(folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return count;
}

/* --- formulas --------------------------------------------------------------------- */

/* A formula of x, y, z and what LaTeX must make of it: no parenthesis too few or too
 * many. */
static void check_formulas(void)
{
    static const struct {
        const char *formula, *latex;
    } cases[] = {
        {"x - (y - z)", "x_{i} - (y_{i} - z_{i})"},
        {"x - y - z", "x_{i} - y_{i} - z_{i}"},
        {"x + (y*z)", "x_{i} + y_{i}\\,z_{i}"},
        {"(x + y)*z", "(x_{i} + y_{i})\\,z_{i}"},
        {"x*(y + z)", "x_{i} \\cdot (y_{i} + z_{i})"},
        {"x*y*z", "x_{i}\\,y_{i}\\,z_{i}"},
        {"x/(y*z)", "\\frac{x_{i}}{y_{i}\\,z_{i}}"},
        {"x/y*z", "\\frac{x_{i}}{y_{i}}\\,z_{i}"},
        {"-x^2", "-{x_{i}}^{2}"},
        {"(-x)^2", "{(-x_{i})}^{2}"},
        {"x^-y", "{x_{i}}^{-y_{i}}"},
        {"(x^y)^z", "{({x_{i}}^{y_{i}})}^{z_{i}}"},
        {"x^y^z", "{x_{i}}^{{y_{i}}^{z_{i}}}"},
        {"-(x + y)", "-(x_{i} + y_{i})"},
        {"-x*y", "-x_{i}\\,y_{i}"},
        {"x + -y", "x_{i} + (-y_{i})"},
        {"x - -y*z", "x_{i} - (-y_{i}\\,z_{i})"},
        {"x*-y", "x_{i} \\cdot (-y_{i})"},
        {"2*3*x", "2 \\cdot 3\\,x_{i}"},
        {"x*1e-7", "x_{i} \\cdot 1\\cdot 10^{-7}"},
        {"x*250000", "x_{i} \\cdot 250000"},
        {"abs(x)^2", "{\\left\\lvert x_{i}\\right\\rvert }^{2}"},
        {"exp(x)^2", "{(\\exp(x_{i}))}^{2}"},
        {"sqrt(x + y)", "\\sqrt{x_{i} + y_{i}}"},
        {"pos(x - y)", "\\left[x_{i} - y_{i}\\right]_{+}"},
        {"exp(x/y)", "\\exp\\biggl(\\frac{x_{i}}{y_{i}}\\biggr)"},
        {"min(x, y) + pi", "\\min(x_{i}, y_{i}) + \\pi "},
        {"partner.x", "x_{j}"},
        {"sum(x*y)", "\\sum_{k}x_{k}\\,y_{k}"},
        {"sum(x + y)*z", "\\biggl(\\sum_{k}(x_{k} + "
                         "y_{k})\\biggr)\\,z_{i}"},
        {"x - sum(y)", "x_{i} - \\sum_{k}y_{k}"},
        {"highest(x - partner.x)", "\\max_{k}(x_{k} - x_{l})"},
        {"delay(partner.x, tau)", "x_{j}(t - \\tau )"},
        {"delay(x, 2*tau)^2", "{(x_{i}(t - 2\\,\\tau ))}^{2}"},
        {"time*r_0", "t\\,r_{\\mathrm{0}}"},
        {"long_name", "\\mathit{long\\_name}"},
        {"if x > y and not (x < 1 or y < 1) then x else y",
         "\\begin{cases}x_{i} & \\text{if }x_{i} > y_{i}"
         "\\text{ and }\\text{not }(x_{i} < 1\\text{ or }y_{i} < "
         "1) \\\\ "
         "y_{i} & \\text{otherwise}\\end{cases}"},
        {"1 + (if x <= 1 then 1 else if x <= 2 then 2 else 3)",
         "1 + \\left(\\begin{cases}1 & \\text{if }x_{i} \\le 1 \\\\ 2 & "
         "\\text{if }x_{i} \\le 2 \\\\ 3 & "
         "\\text{otherwise}\\end{cases}\\right)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512], row[512];
        (void)snprintf(text, sizeof text,
                       "model m\ntime day\nparam tau = 1, r_0 = 1, long_name = 1\n"
                       "state x = 1, y = 1, z = 1\nd x = %s\nd y = 0\nd z = 0\n",
                       cases[i].formula);
        (void)snprintf(row, sizeof row,
                       "\\frac{\\mathrm{d}x_{i}}{\\mathrm{d}t} &= %s \\\\\n",
                       cases[i].latex);
        ebb_model_t *model = read_text(text, strlen(text), NULL);
        ebb_text_t latex = latex_of(model);
        const char *found = strstr(latex.data, "\\frac{\\mathrm{d}x");
        char got[512];
        (void)snprintf(got, sizeof got, "%.*s\n", (int)strcspn(found, "\n"), found);
        check_string(got, row, cases[i].formula, (int)i);
        ebb_text_free(&latex);
        ebb_model_free(model);
    }
}

/* What is written once for all statements. */
static void check_statements(void)
{
    static const char text[] =
        "model m \"All kinds\"\ntime turn\nparam s = 1\nstate x = 1 clip [0, inf]\n"
        "shared c = 0\nlet low = x < 1\nfn twice(u) = 2*u\n"
        "next x = twice(x)\nnoise x = s + 1\nnext c = sum(x)\n"
        "event e rate 0.5*x size normal(1, s) \"happens\" -> x += size, partner.x = 0\n"
        "shared event q when c > 1 -> x -= 1, c = 0\n";
    static const char *const rows[] = {
        "\\mathit{twice}(u) &= 2\\,u",
        "\\mathit{low}_{i} &\\Leftrightarrow x_{i} < 1",
        "\\mathit{twice}(x_{i}) + (s + 1)\\,\\varepsilon_{x_{i}} ",
        "x_{i}(t+1) &= ",
        "c(t+1) &= \\sum_{k}x_{k}",
        "\\text{rate of }e_{i} &= 0.5\\,x_{i} ",
        "\\mathit{size} &\\sim \\mathit{normal}(1, s)",
        "x_{i} &\\leftarrow x_{i} + \\mathit{size} ",
        "x_{j} &\\leftarrow 0",
        "\\text{moment of }q &\\colon c > 1",
        "x_{i} &\\leftarrow x_{i} - 1",
        "c &\\leftarrow 0",
        "clipped to $[0, \\infty )$",
        "\\texttt{e}: happens.",
    };
    ebb_model_t *model = read_text(text, sizeof text - 1, NULL);
    ebb_text_t latex = latex_of(model);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check_one(strstr(latex.data, rows[i]) != NULL, rows[i], __FILE__, __LINE__);
    }
    ebb_text_free(&latex);
    ebb_model_free(model);
}

/* A description that would be a command, an element, or no character of a font. */
static void check_hostile(void)
{
    static const char text[] =
        "model m \"\\input{/etc/passwd} </title><script>&\"\n"
        "  source \"50% of #1 & $x_2$ ^~ {a} -- it''s 日本 😀 é\"\n"
        "time day\nstate x = 1 \"<b>\\end{document} & ]]>\"\nd x = -partner.x\n";
    ebb_model_t *model = read_text(text, sizeof text - 1, NULL);
    ebb_text_t latex = latex_of(model), svg = diagram_of(model, EBB_DIAGRAM_AUTO);
    CHECK(latex_is_whole(latex.data));
    CHECK(strstr(latex.data, "\\input") == NULL);
    CHECK(strstr(latex.data, "\\textbackslash{}input\\{/etc/passwd\\} "
                             "\\textless{}/title\\textgreater{}") != NULL);
    CHECK(strstr(latex.data,
                 "50\\% of \\#1 \\& \\$x\\_2\\$ \\textasciicircum{}"
                 "\\textasciitilde{} \\{a\\} -{}- it'{}'s 日本 😀 é") != NULL);
    CHECK(strstr(latex.data, "\\DeclareUnicodeCharacter{65E5}{[U+65E5]}\n") != NULL);
    CHECK(strstr(latex.data, "\\DeclareUnicodeCharacter{1F600}{[U+1F600]}\n") != NULL);
    CHECK(strstr(latex.data, "\\DeclareUnicodeCharacter{00E9}") == NULL);
    const char *end = strstr(latex.data, "\\end{document}");
    CHECK(end && end[strlen("\\end{document}\n")] == '\0');
    CHECK(xml_is_whole(svg.data));
    CHECK(strstr(svg.data, "<script") == NULL && strstr(svg.data, "<b>") == NULL);
    CHECK(strstr(svg.data, "&#60;/title&#62;&#60;script&#62;&#38;") != NULL);
    ebb_text_free(&latex);
    ebb_text_free(&svg);
    ebb_model_free(model);
}

/* A model of a number and nothing that changes: its document has no equations. */
static void check_nothing(void)
{
    static const char text[] = "model m \"w\"\ntime day\nparam p = 2 \"x\"\n";
    ebb_model_t *model = read_text(text, sizeof text - 1, NULL);
    ebb_text_t latex = latex_of(model), mathml = mathml_of(model);
    CHECK(latex_is_whole(latex.data) && mathml.length == 0);
    CHECK(strstr(latex.data, "{align") == NULL && strstr(latex.data, "$p$") != NULL);
    ebb_text_free(&latex);
    ebb_text_free(&mathml);
    ebb_model_free(model);
}

/* --- signs and loops -------------------------------------------------------------- */

/* What the description of a drawing, or its list of loops, must say. */
static void check_says(const char *folder, const char *name, ebb_diagram_lets_t lets,
                       const char *const *said)
{
    ebb_model_t *model = read_model(folder, name);
    ebb_text_t svg = diagram_of(model, lets);
    for (; *said; said++) {
        int not = (*said)[0] == '!';
        check_one((strstr(svg.data, *said + not ) != NULL) != not, *said, name,
                  __LINE__);
    }
    ebb_text_free(&svg);
    ebb_model_free(model);
}

static void check_signs(const char *models, const char *good)
{
    /* threat -> pursuit -> withdrawal -> threat; weariness is 0, so that exhaustion
     * takes nothing from pursuit */
    check_says(
        models, "pursuit_minimal.ebb", EBB_DIAGRAM_AUTO,
        (const char *const[]){"pursuer.threat raises pursuer.pursuit. ",
                              "pursuer.pursuit raises withdrawer.withdrawal. ",
                              "withdrawer.withdrawal raises pursuer.threat. ",
                              "pursuer.exhaustion does not move pursuer.pursuit. ",
                              (">R1: pursuer.threat + pursuer.pursuit + "
                               "withdrawer.withdrawal + pursuer.threat<"),
                              "!B1", NULL});
    check_says(models, "pursuit_minimal.ebb", EBB_DIAGRAM_NONE,
               (const char *const[]){"pursuer.threat raises withdrawer.withdrawal. ",
                                     ">R1: pursuer.threat + withdrawer.withdrawal + "
                                     "pursuer.threat<",
                                     NULL});
    /* d x = drive (goal - x) + influence (x' - x), influence 0.5 */
    check_says(models, "felmlee_greenberg.ebb", EBB_DIAGRAM_AUTO,
               (const char *const[]){"a.x raises b.x. b.x raises a.x. ",
                                     ">R1: a.x + b.x + a.x<", "!R2", "!B1", NULL});
    /* k l exp(-l) rises up to l = 1, where love starts, and falls beyond */
    check_says(
        models, "gone_with_the_wind.ebb", EBB_DIAGRAM_AUTO,
        (const char *const[]){"scarlett.love raises or lowers rhett.love. ", NULL});
    /* three persons: their columns, and a jealousy that feeds itself */
    check_says(models, "jules_and_jim.ebb", EBB_DIAGRAM_AUTO,
               (const char *const[]){
                   "kathe.for_jules lowers kathe.lean. ",
                   "kathe.lean lowers kathe.for_jules. ",
                   "kathe.lean raises jim.love. ",
                   ": kathe.for_jules − kathe.lean − kathe.for_jules<", NULL});
    /* an influence in steps has no slope, but a direction */
    check_says(models, "gottman_murray_ojive.ebb", EBB_DIAGRAM_AUTO,
               (const char *const[]){"a.mood raises b.mood. ", NULL});
    check_says(models, "liebovitch_delay.ebb", EBB_DIAGRAM_AUTO,
               (const char *const[]){"a.feeling raises b.feeling late. ", NULL});
    /* the loop that the model is named for, on either side */
    check_says(
        models, "pursue_withdraw_small.ebb", EBB_DIAGRAM_AUTO,
        (const char *const[]){": a.alarm + a.pursuit + b.overload + b.withdrawal "
                              "− b.openness − a.alarm (and mirrored)<",
                              "!There may be more", NULL});
    check_says(good, "notes.ebb", EBB_DIAGRAM_AUTO,
               (const char *const[]){
                   "a.alarm raises a.pursuit. ", "a.pursuit raises b.overload. ",
                   "b.overload raises b.withdrawal. ",
                   "b.withdrawal lowers b.openness. ", "b.openness lowers a.alarm. ",
                   "trigger raises a.alarm. ", NULL});
    check_says(good, "events.ebb", EBB_DIAGRAM_AUTO,
               (const char *const[]){"a.over lowers a.x. ", "a.x raises a.over. ",
                                     "a.x lowers a.under. ", "a.first lowers b.y. ",
                                     NULL});
}

/* Another way to the same signs: the derivatives that the graph is rewritten into,
 * evaluated where the model starts. */
static void values_at_start(const ebb_system_t *system, const ebb_graph_t *graph,
                            double *values)
{
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < graph->count; i++) {
            const ebb_node_t *node = &graph->nodes[i];
            uint32_t k = node->args[0];
            double args[3] = {values[k], values[node->args[1]], values[node->args[2]]};
            values[i] = ebb_op_arity((ebb_op_t)node->op)
                            ? ebb_op_value((ebb_op_t)node->op, args)
                        : node->op == EBB_OP_CONST ? node->value
                        : node->op == EBB_OP_STATE ? values[system->states[k].initial]
                        : node->op == EBB_OP_PARAM ? system->params[k].value
                        : node->op == EBB_OP_TRAIT ? system->traits[k].value
                        : node->op == EBB_OP_INPUT ? system->inputs[k].value
                        : node->op == EBB_OP_DELAYED
                            ? values[system->states[system->delays[k].state].initial]
                            : 0;
        }
    }
}

static void check_jacobian(const char *folder, const char *name)
{
    ebb_model_t *model = read_model(folder, name);
    const ebb_system_t *system = ebb_model_system(model);
    size_t n = system->state_count;
    ebb_text_t svg = diagram_of(model, EBB_DIAGRAM_NONE);
    ebb_graph_t graph;
    ebb_graph_copy(&graph, &system->graph, ebb_alloc_default());
    uint32_t *jacobian = calloc(n * n, sizeof *jacobian);
    CHECK(ebb_system_jacobian(system, &graph, jacobian) == EBB_OK);
    double *values = calloc(graph.count, sizeof *values);
    values_at_start(system, &graph, values);
    for (size_t to = 0; to < n; to++) {
        for (size_t from = 0; from < n; from++) {
            double slope = values[jacobian[to * n + from]];
            char up[160], both[160];
            if (from == to || slope == 0 || slope - slope != 0) {
                continue;
            }
            (void)snprintf(up, sizeof up, ". %s %s %s", system->states[from].name,
                           slope > 0 ? "raises" : "lowers", system->states[to].name);
            (void)snprintf(both, sizeof both, ". %s raises or lowers %s",
                           system->states[from].name, system->states[to].name);
            check_one(strstr(svg.data, up) || strstr(svg.data, both), up, name,
                      __LINE__);
        }
    }
    free(values);
    free(jacobian);
    ebb_graph_free(&graph);
    ebb_text_free(&svg);
    ebb_model_free(model);
}

/* --- limits and memory ------------------------------------------------------------ */

/* A chain of `count` states of the couple, each moved by the one before. */
static ebb_model_t *chain(size_t count)
{
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text, "model chain\ntime day\n");
    for (size_t i = 0; i < count; i++) {
        ebb_text_printf(&text, "shared s%zu = 1\nd s%zu = s%zu - s%zu\n", i, i,
                        i ? i - 1 : count - 1, i);
    }
    ebb_model_t *model = read_text(text.data, text.length, NULL);
    ebb_text_free(&text);
    return model;
}

static void check_limits(void)
{
    ebb_model_t *fits = chain(EBB_DIAGRAM_MOST), *more = chain(EBB_DIAGRAM_MOST + 1);
    ebb_model_t *most = chain(1024);
    ebb_text_t svg = diagram_of(fits, EBB_DIAGRAM_AUTO), none;
    ebb_error_t error = {0};
    ebb_text_init(&none, NULL);
    CHECK(xml_is_whole(svg.data));
    CHECK(strstr(svg.data, ">R1: s0 + s1 + s2") != NULL);
    CHECK(ebb_document_diagram(more, EBB_DIAGRAM_AUTO, &none, &error) == EBB_ERR_LIMIT);
    CHECK_STRING(error.text,
                 "a diagram shows at most 96 quantities, and `chain` has more; "
                 "split the model");
    CHECK(none.length == 0);
    CHECK(ebb_document_diagram(most, EBB_DIAGRAM_NONE, &none, NULL) == EBB_ERR_LIMIT);
    ebb_text_t latex = latex_of(most);
    CHECK(latex_is_whole(latex.data));
    ebb_text_free(&svg);
    ebb_text_free(&latex);
    ebb_model_free(fits);
    ebb_model_free(more);
    ebb_model_free(most);
}

/* A sum of many terms, and parentheses as deep as they may be: no recursion, and no
 * line that grows with them. */
static void check_long(void)
{
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    ebb_text_puts(&text, "model m\ntime day\nstate x = 1\nd x = -x");
    for (int i = 0; i < 20000; i++) {
        ebb_text_puts(&text, " + x*partner.x");
    }
    ebb_text_puts(&text, " + ");
    for (int i = 0; i < 60; i++) {
        ebb_text_puts(&text, "x*(1 + ");
    }
    ebb_text_puts(&text, "x");
    for (int i = 0; i < 60; i++) {
        ebb_text_puts(&text, ")");
    }
    ebb_model_t *model = read_text(text.data, text.length, NULL);
    ebb_text_t latex = latex_of(model), mathml = mathml_of(model);
    CHECK(latex_is_whole(latex.data));
    CHECK(latex_widest(latex.data) < 1000);
    CHECK(strlen(mathml.data) == mathml.length);
    ebb_text_free(&latex);
    ebb_text_free(&mathml);
    ebb_text_free(&text);
    ebb_model_free(model);
}

static int write_all(const ebb_model_t *model, const ebb_alloc_t *alloc, long *length)
{
    ebb_text_t out;
    ebb_text_init(&out, alloc);
    int code = ebb_document_latex(model, &out);
    code = code ? code : ebb_document_mathml(model, &out);
    code = code ? code : ebb_document_diagram(model, EBB_DIAGRAM_AUTO, &out, NULL);
    *length = (long)out.length;
    ebb_text_free(&out);
    return code;
}

/* Whatever request for memory fails, that is what is said, and all is given back. */
static void check_scarce(const char *models)
{
    scarce_t scarce = {.left = 1000000};
    ebb_alloc_t alloc = {scarce_resize, &scarce};
    ebb_text_t text = read_file(models, "pursuit_minimal.ebb");
    ebb_model_t *model = read_text(text.data, text.length, &alloc);
    long held = scarce.held, whole = 0, length = 0, n = 0;
    CHECK(write_all(model, &alloc, &whole) == EBB_OK && whole > 0);
    int code = EBB_ERR_MEMORY;
    for (; code != EBB_OK && n < 1000; n++) {
        scarce.left = n;
        code = write_all(model, &alloc, &length);
        CHECK(code == EBB_OK || code == EBB_ERR_MEMORY);
        CHECK(scarce.held == held);
    }
    CHECK(n > 10 && length == whole);
    ebb_model_free(model);
    CHECK(scarce.held == 0);
    ebb_text_free(&text);
}

/* --- whole documents -------------------------------------------------------------- */

static void check_golden(const char *folder, const char *name, const ebb_text_t *got,
                         int writing)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    if (writing) {
        FILE *file = fopen(path, "wb");
        if (file) {
            (void)fwrite(got->data, 1, got->length, file);
            (void)fclose(file);
        }
        return;
    }
    ebb_text_t want = read_file(folder, name);
    check_string(got->data, want.data ? want.data : "(none)", name, 1);
    ebb_text_free(&want);
}

static void check_documents(const char *models, const char *folder, int writing)
{
    ebb_model_t *model = read_model(models, "pursuit_minimal.ebb");
    ebb_text_t latex = latex_of(model), svg = diagram_of(model, EBB_DIAGRAM_AUTO);
    ebb_text_t mathml = mathml_of(model);
    check_golden(folder, "pursuit_minimal.tex", &latex, writing);
    check_golden(folder, "pursuit_minimal.svg", &svg, writing);
    check_golden(folder, "pursuit_minimal.mml", &mathml, writing);
    ebb_text_free(&latex);
    ebb_text_free(&svg);
    ebb_text_free(&mathml);
    ebb_model_free(model);
}

int main(int argc, char **argv)
{
    static const char *const smooth[] = {
        "coupled_oscillators.ebb", "felmlee_greenberg.ebb", "laura_petrarch.ebb",
        "liebovitch.ebb",          "rinaldi_secure.ebb",    "sprott_triangle.ebb"};
    if (argc < 4) {
        return 2;
    }
    check_formulas();
    check_statements();
    check_hostile();
    check_nothing();
    CHECK(check_folder(argv[1]) >= 15);
    CHECK(check_folder(argv[2]) >= 5);
    check_signs(argv[1], argv[2]);
    for (size_t i = 0; i < sizeof smooth / sizeof *smooth; i++) {
        check_jacobian(argv[1], smooth[i]);
    }
    check_jacobian(argv[2], "notes.ebb");
    check_limits();
    check_long();
    check_scarce(argv[1]);
    check_documents(argv[1], argv[3], argc > 4 && strcmp(argv[4], "--write") == 0);
    return check_report(__FILE__);
}

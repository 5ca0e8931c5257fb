/* SPDX-License-Identifier: MIT
 * ebb model: which models ship, whether a file is right, what a model is. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ebb/document.h"
#include "ebb/library.h"
#include "ebb/nearest.h"
#include "ebb/show.h"
#include "list.h"
#include "load.h"
#include "output.h"
#include "screen.h"
#include "talk.h"

/* --- list ------------------------------------------------------------------------- */

static const example_t list_examples[] = {
    {"ebb model list", "Names and sentences."},
    {0},
};

static exit_status_t run_list(const command_t *self, int argc, char **argv)
{
    string_list_t none = {0};
    int status = options_parse(self, NULL, &none, argc, argv);
    if (status != OPTIONS_READ) {
        return status;
    }
    ebb_text_t text = {0};
    ebb_library_model_t model;
    size_t widest = 0;
    for (size_t i = 0; ebb_library_at(i, &model); i++) {
        widest = strlen(model.name) > widest ? strlen(model.name) : widest;
    }
    for (size_t i = 0; ebb_library_at(i, &model); i++) {
        ebb_text_printf(&text, "%-*s  %s\n", (int)widest, model.name, model.text);
    }
    return output_text(NULL, &text);
}

static const command_t command_list = {
    .name = "model list",
    .summary = "The models that ship, each in a sentence",
    .operands = "",
    .about = "Lists the models that ship with ebb. Their names stand for them wherever "
             "a model's file may stand.",
    .options = no_options,
    .examples = list_examples,
    .run = run_list,
};

/* --- check ------------------------------------------------------------------------ */

static const example_t check_examples[] = {
    {"ebb model check couple.ebb", "All errors of a model and its scenarios at once."},
    {"ebb model check therapy.ebb", "Scenarios alone, of a model that ships."},
    {0},
};

/* Whether the text begins with a model, as it does where there is one. */
static bool begins_with_model(const source_t *source)
{
    const char *at = source->text.bytes, *end = at + source->text.size;
    while (at < end && (strchr(" \t\r\n", *at) || *at == '#')) {
        const char *line = *at == '#' ? memchr(at, '\n', (size_t)(end - at)) : at;
        at = line ? line + 1 : end;
    }
    return (size_t)(end - at) < strlen("scenario") ||
           strncmp(at, "scenario", strlen("scenario")) != 0;
}

/* A scenario of a model that is not at hand. */
static exit_status_t tell_unknown_model(const source_t *source,
                                        const ebb_model_t *model,
                                        const ebb_scenario_info_t *info)
{
    ebb_nearest_t near = {.typed = info->uses};
    ebb_library_model_t shipped;
    if (model) {
        ebb_nearest_consider(&near, ebb_model_info(model).name);
    }
    for (size_t i = 0; ebb_library_at(i, &shipped); i++) {
        ebb_nearest_consider(&near, shipped.name);
    }
    talk(
        "%s: error: the scenario '%s' uses '%s', which is neither a model of this file "
        "nor one that ships",
        source->text.label, info->name, info->uses);
    if (near.best) {
        talk("; did you mean '%s'?\n", near.best);
    } else {
        talk("; where it is in a file of its own, 'ebb simulate THAT_FILE --scenario "
             "%s:%s' checks the scenario\n",
             source->text.label, info->name);
    }
    return EXIT_INPUT;
}

/* A scenario against its model: the one in the file or one that ships. */
static exit_status_t check_scenario(const source_t *source, const ebb_model_t *model,
                                    const ebb_scenario_info_t *info)
{
    ebb_scenario_t *scenario = NULL;
    ebb_model_t *other = NULL;
    ebb_library_model_t shipped;
    exit_status_t status = EXIT_OK;
    if (model && strcmp(ebb_model_info(model).name, info->uses) == 0) {
        status = load_scenario_of(&scenario, model, source, info->name);
    } else if (ebb_library_find(info->uses, &shipped)) {
        status = load_model(&other, &(source_t){.text = shipped.file});
        status = status == EXIT_OK
                     ? load_scenario_of(&scenario, other, source, info->name)
                     : status;
    } else {
        status = tell_unknown_model(source, model, info);
    }
    ebb_scenario_free(scenario);
    ebb_model_free(other);
    return status;
}

static void tell_count(ebb_text_t *out, size_t count, const char *what)
{
    if (count) {
        ebb_text_printf(out, ", %zu %s%s", count, what, count == 1 ? "" : "s");
    }
}

/* One line on what was right. */
static exit_status_t tell_right(const source_t *source, const ebb_model_t *model,
                                const scenarios_t *list)
{
    ebb_text_t text = {0};
    ebb_text_printf(&text, "%s: right", source->text.label);
    if (model) {
        ebb_model_info_t info = ebb_model_info(model);
        ebb_text_printf(&text, "; model %s", info.name);
        tell_count(&text, info.persons, "person");
        tell_count(&text, info.states, "state");
        tell_count(&text, info.params, "parameter");
        tell_count(&text, info.traits, "trait");
        tell_count(&text, info.inputs, "input");
        tell_count(&text, info.lets, "let");
        tell_count(&text, info.events, "event");
    }
    for (size_t i = 0; i < list->count; i++) {
        ebb_text_printf(&text, "%s%s",
                        i                  ? ", "
                        : list->count == 1 ? "; scenario "
                                           : "; scenarios ",
                        list->items[i].name);
    }
    ebb_text_puts(&text, "\n");
    return output_text(NULL, &text);
}

static exit_status_t check_file(const char *name)
{
    source_t source = {0};
    ebb_model_t *model = NULL;
    exit_status_t status = source_open(&source, name);
    if (status == EXIT_OK && begins_with_model(&source)) {
        status = load_model(&model, &source);
    }
    scenarios_t list = {0};
    if (status == EXIT_OK) {
        list = scenarios_of(&source);
        if (!model && list.count == 0) { /* its form is wrong: this tells how */
            status = load_model(&model, &source);
        }
    }
    for (size_t i = 0; i < list.count; i++) {
        exit_status_t one = check_scenario(&source, model, &list.items[i]);
        status = one == EXIT_OK ? status : one;
    }
    if (status == EXIT_OK) {
        status = tell_right(&source, model, &list);
    }
    scenarios_free(&list);
    ebb_model_free(model);
    source_close(&source);
    return status;
}

static exit_status_t run_check(const command_t *self, int argc, char **argv)
{
    string_list_t files = {0};
    int status = options_parse(self, NULL, &files, argc, argv);
    if (status == OPTIONS_READ) {
        status = files.count ? EXIT_OK : usage_error(self, "needs a file");
        for (size_t i = 0; i < files.count; i++) {
            exit_status_t one = check_file(files.items[i]);
            status = one == EXIT_OK ? status : one;
        }
    }
    list_free(&files);
    return status;
}

static const command_t command_check = {
    .name = "model check",
    .summary = "Whether models and scenarios are right, and where not",
    .operands = "MODEL...",
    .about = "Reads files of models and scenarios and tells all that is wrong: place, "
             "line, reason, and where one is near, the way out. What is right gets one "
             "line. A scenario is held against the model in its file, or the one that "
             "ships under the name it uses.",
    .options = no_options,
    .examples = check_examples,
    .run = run_check,
};

/* --- show ------------------------------------------------------------------------- */

typedef struct show_values {
    const char *format, *output;
    int width;
} show_values_t;

static const option_spec_t show_options[] = {
    {.name = "format",
     .kind = OPTION_CHOICE,
     .target = offsetof(show_values_t, format),
     .argument = "FORM",
     .choices = "text|json",
     .help = "text (default) or json",
     .more = "The JSON document is described in docs/schema.md."},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_FILE,
     .target = offsetof(show_values_t, output),
     .argument = "FILE",
     .help = "Write there instead of to standard output",
     .more = "The file appears whole or not at all."},
    {.name = "width",
     .kind = OPTION_NUMBER,
     .target = offsetof(show_values_t, width),
     .argument = "N",
     .low = 40,
     .high = 200,
     .help = "Columns of the text; 80, or fewer on a narrow terminal"},
    {0},
};

static const example_t show_examples[] = {
    {"ebb model show laura_petrarch", "Parameters with their sources, equations."},
    {"ebb model show couple.ebb --format json", "The same for other programs."},
    {0},
};

/* The one model of a command line; what is wrong with it is told. */
static exit_status_t open_model(const command_t *self, const string_list_t *operands,
                                source_t *source, ebb_model_t **model)
{
    if (operands->count != 1) {
        return operands->count
                   ? usage_error(self, "takes one model, not '%s' as well",
                                 operands->items[1])
                   : usage_error(self, "needs a model; 'ebb model list' shows those "
                                       "that ship");
    }
    exit_status_t status = source_open(source, operands->items[0]);
    return status == EXIT_OK ? load_model(model, source) : status;
}

static exit_status_t write_text(const char *path, ebb_text_t *text, int code)
{
    if (code) {
        ebb_text_free(text);
        return talk_error(&(ebb_error_t){.code = code});
    }
    return output_text(path, text);
}

static exit_status_t show_model(const show_values_t *values, const source_t *source,
                                const ebb_model_t *model)
{
    bool to_stdout = !values->output || strcmp(values->output, "-") == 0;
    ebb_show_opts_t opts = {
        .width = values->width ? values->width
                 : to_stdout   ? screen_width(STDOUT_FILENO)
                               : 0,
        .colour = to_stdout && screen_has_colour(STDOUT_FILENO),
    };
    bool json = values->format && strcmp(values->format, "json") == 0;
    ebb_text_t text = {0};
    int code = json ? ebb_show_json(&text, model, &source->text)
                    : ebb_show_terminal(&text, model, &source->text, &opts);
    return write_text(values->output, &text, code);
}

static exit_status_t run_show(const command_t *self, int argc, char **argv)
{
    show_values_t values = {0};
    string_list_t operands = {0};
    source_t source = {0};
    ebb_model_t *model = NULL;
    int status = options_parse(self, &values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = open_model(self, &operands, &source, &model);
        status = status == EXIT_OK ? show_model(&values, &source, model) : status;
    }
    ebb_model_free(model);
    source_close(&source);
    list_free(&operands);
    return status;
}

static const command_t command_show = {
    .name = "model show",
    .summary = "What a model is: numbers, sources, equations, scenarios",
    .operands = "MODEL",
    .about = "Shows a model for reading: its sentence and source, what can be set with "
             "value, range, unit, meaning and source, its states, what is derived, the "
             "equations as they stand in the file, and the file's scenarios.",
    .options = show_options,
    .examples = show_examples,
    .run = run_show,
};

/* --- latex, graph ----------------------------------------------------------------- */

typedef struct document_values {
    const char *output, *lets;
} document_values_t;

#define DOCUMENT_OUTPUT                                                    \
    {                                                                      \
        .name = "output", .letter = 'o', .kind = OPTION_FILE,              \
        .target = offsetof(document_values_t, output), .argument = "FILE", \
        .help = "Write there instead of to standard output",               \
        .more = "The file appears whole or not at all."                    \
    }

static const option_spec_t latex_options[] = {DOCUMENT_OUTPUT, {0}};

static const option_spec_t graph_options[] = {
    {.name = "lets",
     .kind = OPTION_CHOICE,
     .target = offsetof(document_values_t, lets),
     .argument = "WHICH",
     .choices = "auto|all|none",
     .help = "Which derived quantities are shown: auto (default), all, none",
     .more = "auto shows those in which ways meet or part."},
    DOCUMENT_OUTPUT,
    {0},
};

static const example_t latex_examples[] = {
    {"ebb model latex laura_petrarch -o laura.tex", "Then: pdflatex laura.tex"},
    {0},
};

static const example_t graph_examples[] = {
    {"ebb model graph pursuit_minimal -o pursuit.svg", "Open it in any browser."},
    {0},
};

static ebb_diagram_lets_t lets_of(const char *word)
{
    return word && strcmp(word, "all") == 0    ? EBB_DIAGRAM_ALL
           : word && strcmp(word, "none") == 0 ? EBB_DIAGRAM_NONE
                                               : EBB_DIAGRAM_AUTO;
}

/* What a document verb writes of a model. */
typedef int document_t(const ebb_model_t *model, const document_values_t *values,
                       ebb_text_t *out, ebb_error_t *error);

static int write_latex(const ebb_model_t *model, const document_values_t *values,
                       ebb_text_t *out, ebb_error_t *error)
{
    (void)values;
    error->code = ebb_document_latex(model, out);
    return error->code;
}

static int write_graph(const ebb_model_t *model, const document_values_t *values,
                       ebb_text_t *out, ebb_error_t *error)
{
    return ebb_document_diagram(model, lets_of(values->lets), out, error);
}

/* The verb and its arguments, and the document it makes. */
static exit_status_t run_document(const command_t *self, int argc, char **argv,
                                  document_t *document)
{
    document_values_t values = {0};
    string_list_t operands = {0};
    source_t source = {0};
    ebb_model_t *model = NULL;
    ebb_text_t text = {0};
    ebb_error_t error = {0};
    int status = options_parse(self, &values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = open_model(self, &operands, &source, &model);
    }
    if (status == EXIT_OK && model) {
        status = document(model, &values, &text, &error)
                     ? talk_error(&error)
                     : output_text(values.output, &text);
    }
    ebb_text_free(&text);
    ebb_model_free(model);
    source_close(&source);
    list_free(&operands);
    return status;
}

static exit_status_t run_latex(const command_t *self, int argc, char **argv)
{
    return run_document(self, argc, argv, write_latex);
}

static exit_status_t run_graph(const command_t *self, int argc, char **argv)
{
    return run_document(self, argc, argv, write_graph);
}

static const command_t command_latex = {
    .name = "model latex",
    .summary = "The equations and tables of a model as a LaTeX document",
    .operands = "MODEL",
    .about = "Writes a model as a LaTeX document that compiles as it is: equations as "
             "their author wrote them, and tables of all quantities with value, range, "
             "unit, meaning and source.",
    .options = latex_options,
    .examples = latex_examples,
    .run = run_latex,
};

static const command_t command_graph = {
    .name = "model graph",
    .summary = "The causal loops of a model as a drawing (SVG)",
    .operands = "MODEL",
    .about =
        "Draws which quantity drives which, with the sign of each arrow from the "
        "exact derivative, and names the feedback loops, reinforcing or balancing.",
    .options = graph_options,
    .examples = graph_examples,
    .run = run_graph,
};

/* --- all -------------------------------------------------------------------------- */

static const command_t *const model_verbs[] = {
    &command_list, &command_check, &command_show, &command_latex, &command_graph, NULL,
};

const command_t command_model = {
    .name = "model",
    .summary = "Models of couples: which ship, what one is, whether it is right",
    .about = "A model of a couple is a text file of equations; docs/language.md is the "
             "whole language. MODEL is such a file, or the name of a model that ships.",
    VERBS(model_verbs),
};

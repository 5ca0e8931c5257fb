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
    &command_list,  &command_model_check, &command_show,
    &command_latex, &command_graph,       NULL,
};

const command_t command_model = {
    .name = "model",
    .summary = "Models of couples: which ship, what one is, whether it is right",
    .about = "A model of a couple is a text file of equations; docs/language.md is the "
             "whole language. MODEL is such a file, or the name of a model that ships.",
    VERBS(model_verbs),
};

/* SPDX-License-Identifier: MIT
 * ebb validate: what is claimed of couples, checked on the models that ship. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ebb/figure.h"
#include "ebb/library.h"
#include "ebb/nearest.h"
#include "ebb/survey.h"
#include "ebb/validated.h"
#include "figures_job.h"
#include "list.h"
#include "load.h"
#include "output.h"
#include "progress.h"
#include "result_page.h"
#include "screen.h"
#include "talk.h"

#define AT_LENGTH 3 /* claims that are shown with all that is known of them */
#define ID_BYTES 16

typedef struct validate_values {
    const char *claims, *figures, *sample, *format, *output, *html;
    string_list_t set;
    bool ablate;
    uint64_t couples, seed;
    int draws, threads, width;
} validate_values_t;

static const option_spec_t validate_options[] = {
    {.name = "claims",
     .kind = OPTION_STRING,
     .target = offsetof(validate_values_t, claims),
     .argument = "IDS",
     .help = "These claims only, as A2,C3-C9",
     .more = "Without it all. Of three or fewer all that is known is shown."},
    {.name = "ablate",
     .kind = OPTION_FLAG,
     .target = offsetof(validate_values_t, ablate),
     .help = "Checks each again without the link that it rests on",
     .more = "It must not hold then: else it rests on something else."},
    {.name = "figures",
     .kind = OPTION_STRING,
     .target = offsetof(validate_values_t, figures),
     .argument = "IDS",
     .help =
         "Published figures in place of claims: all, or as pair_stable,years_demand",
     .more =
         "Nothing was fitted to them. A figure is a statistic over the couples of a "
         "population, with the interval of its own sampling error, beside what is "
         "published (docs/maths/figures.md)."},
    {.name = "set",
     .kind = OPTION_LIST,
     .target = offsetof(validate_values_t, set),
     .argument = "NAME=NUMBER",
     .help = "Sets a parameter in the runs of --figures; again for more"},
    {.name = "sample",
     .kind = OPTION_FILE,
     .target = offsetof(validate_values_t, sample),
     .argument = "FILE",
     .help = "Gives --figures over a sample of parameters, as ebb calibrate writes it",
     .more =
         "Each run is made again at each of --draws of them, with other chance. The "
         "interval then says what the parameters leave open, and chance."},
    {.name = "draws",
     .kind = OPTION_NUMBER,
     .target = offsetof(validate_values_t, draws),
     .argument = "N",
     .low = 2,
     .high = EBB_SAMPLE_DRAWS_MOST,
     .help = "Draws of --sample, spread evenly over it; 20 by default"},
    {.name = "couples",
     .letter = 'n',
     .kind = OPTION_WHOLE,
     .target = offsetof(validate_values_t, couples),
     .argument = "N",
     .low = 1,
     .high = 1000000,
     .help = "Couples in every arm, or run; without it as each says"},
    {.name = "seed",
     .kind = OPTION_WHOLE,
     .target = offsetof(validate_values_t, seed),
     .argument = "N",
     .high = UINT64_MAX,
     .help = "Another seed is other chance; 0 by default"},
    {.name = "threads",
     .kind = OPTION_NUMBER,
     .target = offsetof(validate_values_t, threads),
     .argument = "N",
     .low = 1,
     .high = 64,
     .help = "Threads to calculate with; all processors by default",
     .more = "The result does not depend on it."},
    {.name = "format",
     .kind = OPTION_CHOICE,
     .target = offsetof(validate_values_t, format),
     .argument = "FORM",
     .choices = "text|json|csv",
     .help = "text (default) or json; of --figures csv too",
     .more = "The JSON document is described in docs/schema.md."},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_FILE,
     .target = offsetof(validate_values_t, output),
     .argument = "FILE",
     .help = "Write there instead of to standard output",
     .more = "The file appears whole or not at all."},
    {.name = "width",
     .kind = OPTION_NUMBER,
     .target = offsetof(validate_values_t, width),
     .argument = "N",
     .low = 80,
     .high = 200,
     .help = "Columns of the text; 80 by default"},
    RESULT_PAGE_OPTION(offsetof(validate_values_t, html)),
    {0},
};

static const example_t validate_examples[] = {
    {"ebb validate", "All claims, a line each."},
    {"ebb validate --claims A2",
     "One claim: in words, as a number, and what is known."},
    {"ebb validate --ablate --claims A2-A17", "Whether they rest on what they name."},
    {"ebb validate --ablate --html page.html", "All of it as a page, to look up."},
    {"ebb validate --figures all", "Published figures beside the models' own."},
    {"ebb validate --figures all --sample evidence/fit/posterior.tsv -n 400",
     "The same over what other figures leave of the parameters."},
    {0},
};

/* A model that claims use. */
typedef struct loaded {
    source_t source;
    ebb_model_t *model;
} loaded_t;

/* One claim of the result and what it borrows. */
typedef struct checked {
    ebb_claim_t *claim;
    ebb_claim_info_t info;
    ebb_claim_finding_t *findings; /* and as many again with the links cut */
} checked_t;

typedef struct validation {
    const command_t *self;
    const validate_values_t *values;
    bool *wanted; /* of each claim of the evidence */
    size_t all, count;
    loaded_t *models;
    size_t model_count;
    checked_t *checked;
    ebb_validated_claim_t *claims;
    ebb_validated_t result;
} validation_t;

/* --- which claims ----------------------------------------------------------------- */

static exit_status_t no_such_claim(const validation_t *v, const char *id)
{
    ebb_nearest_t near = {.typed = id};
    ebb_evidence_t row;
    for (size_t i = 0; ebb_evidence_at(i, &row); i++) {
        ebb_nearest_consider(&near, row.id);
    }
    return near.best
               ? usage_error(v->self, "there is no claim '%s'; did you mean '%s'?", id,
                             near.best)
               : usage_error(v->self,
                             "there is no claim '%s'; they are A1-A77, B1-B28 and "
                             "C1-C45",
                             id);
}

/* An id of at most `end - begin` bytes. */
static exit_status_t find_claim(const validation_t *v, const char *begin,
                                const char *end, size_t *index)
{
    char id[ID_BYTES];
    size_t length = (size_t)(end - begin);
    length = length < sizeof id ? length : sizeof id - 1;
    memcpy(id, begin, length);
    id[length] = '\0';
    return ebb_evidence_find(id, index) ? EXIT_OK : no_such_claim(v, id);
}

/* "A2" or "C3-C9". */
static exit_status_t want_range(validation_t *v, const char *begin, const char *end)
{
    const char *dash = memchr(begin, '-', (size_t)(end - begin));
    size_t first = 0, last = 0;
    exit_status_t status = find_claim(v, begin, dash ? dash : end, &first);
    last = first;
    if (status == EXIT_OK && dash) {
        status = find_claim(v, dash + 1, end, &last);
    }
    if (status == EXIT_OK && last < first) {
        return usage_error(v->self, "--claims %.*s goes backwards", (int)(end - begin),
                           begin);
    }
    for (size_t i = first; i <= last && status == EXIT_OK; i++) {
        v->wanted[i] = true;
    }
    return status;
}

static exit_status_t want_claims(validation_t *v)
{
    const char *at = v->values->claims;
    v->all = ebb_evidence_count();
    v->wanted = calloc(v->all, sizeof *v->wanted);
    if (!v->wanted) {
        return talk_no_memory();
    }
    for (size_t i = 0; !at && i < v->all; i++) {
        v->wanted[i] = true;
    }
    exit_status_t status = EXIT_OK;
    while (at && status == EXIT_OK) {
        const char *end = at + strcspn(at, ",");
        status = want_range(v, at, end);
        at = *end ? end + 1 : NULL;
    }
    for (size_t i = 0; i < v->all; i++) {
        v->count += v->wanted[i];
    }
    return status;
}

/* --- checking --------------------------------------------------------------------- */

/* The model of that name, read once. */
static exit_status_t model_of_name(validation_t *v, const char *name,
                                   const ebb_model_t **model)
{
    for (size_t i = 0; i < v->model_count; i++) {
        if (strcmp(ebb_model_info(v->models[i].model).name, name) == 0) {
            *model = v->models[i].model;
            return EXIT_OK;
        }
    }
    loaded_t *more = realloc(v->models, (v->model_count + 1) * sizeof *more);
    if (!more) {
        return talk_no_memory();
    }
    v->models = more;
    loaded_t *fresh = &more[v->model_count];
    *fresh = (loaded_t){0};
    exit_status_t status = source_open(&fresh->source, name);
    status = status == EXIT_OK ? load_model(&fresh->model, &fresh->source) : status;
    if (status != EXIT_OK) {
        source_close(&fresh->source);
        return status;
    }
    v->model_count++;
    *model = fresh->model;
    return EXIT_OK;
}

/* The model that a claim of a text says it uses, or "". */
static exit_status_t claim_uses(const ebb_model_text_t *text, const char *id,
                                char uses[64])
{
    size_t count = 0;
    uses[0] = '\0';
    (void)!ebb_claim_list(text, NULL, 0, &count);
    ebb_scenario_info_t *infos = calloc(count + 1, sizeof *infos);
    if (!infos) {
        return talk_no_memory();
    }
    (void)!ebb_claim_list(text, infos, count, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(infos[i].name, id) == 0) {
            memcpy(uses, infos[i].uses, sizeof infos[i].uses);
        }
    }
    free(infos);
    return EXIT_OK;
}

static exit_status_t read_claim(validation_t *v, const ebb_evidence_t *row,
                                ebb_claim_t **claim)
{
    ebb_model_text_t text = {0};
    ebb_error_t error = {0};
    const ebb_model_t *model = NULL;
    char uses[64] = "";
    if (!ebb_evidence_checks(row->check, &text)) {
        talk("ebb: claim %s names the checks '%s', which are not there\n", row->id,
             row->check);
        return EXIT_FAILED;
    }
    exit_status_t status = claim_uses(&text, row->id, uses);
    status = status == EXIT_OK ? model_of_name(v, uses, &model) : status;
    if (status != EXIT_OK) {
        return status;
    }
    text.scenario = row->id;
    return ebb_claim_read(claim, model, &text, NULL, &error) ? talk_error(&error)
                                                             : EXIT_OK;
}

/* Room for what is found of a claim, and as much again with its links cut. */
static exit_status_t validate_room(ebb_validated_claim_t *out, checked_t *checked)
{
    checked->findings = calloc(2 * checked->info.expects, sizeof *checked->findings);
    out->info = &checked->info;
    out->findings = checked->findings;
    return checked->findings ? EXIT_OK : talk_no_memory();
}

static ebb_executor_t validate_executor(const validation_t *v, int *threads)
{
    *threads = v->values->threads ? v->values->threads : ebb_host_processors();
    return ebb_host_executor(*threads);
}

/* A claim about many people. */
static exit_status_t check_survey(const validation_t *v, ebb_validated_claim_t *out,
                                  checked_t *checked)
{
    int threads = 0;
    ebb_executor_t executor = validate_executor(v, &threads);
    const ebb_figure_settings_t settings = {.couples = v->values->couples,
                                            .seed = v->values->seed,
                                            .workers = (size_t)threads,
                                            .executor = &executor};
    const char *id = out->evidence.id;
    ebb_error_t error = {0};
    checked->info = ebb_surveys_info(id);
    size_t count = checked->info.expects;
    exit_status_t status = validate_room(out, checked);
    if (status != EXIT_OK) {
        return status;
    }
    int code = ebb_surveys_check(id, &settings, false, checked->findings, &error);
    if (!code && v->values->ablate) {
        out->cut = checked->findings + count;
        code =
            ebb_surveys_check(id, &settings, true, checked->findings + count, &error);
    }
    return code ? talk_error(&error) : EXIT_OK;
}

static exit_status_t check_claim(validation_t *v, ebb_validated_claim_t *out,
                                 checked_t *checked)
{
    int threads = 0;
    ebb_executor_t executor = validate_executor(v, &threads);
    ebb_claim_settings_t settings = {
        .couples = v->values->couples, .seed = v->values->seed, .executor = &executor};
    ebb_error_t error = {0};
    exit_status_t status = read_claim(v, &out->evidence, &checked->claim);
    if (status != EXIT_OK) {
        return status;
    }
    checked->info = ebb_claim_info(checked->claim);
    size_t count = checked->info.expects;
    status = validate_room(out, checked);
    if (status != EXIT_OK) {
        return status;
    }
    int code =
        ebb_claim_check(checked->claim, &settings, checked->findings, count, &error);
    if (!code && v->values->ablate && checked->info.cuts) {
        settings.cut = true;
        out->cut = checked->findings + count;
        code = ebb_claim_check(checked->claim, &settings, checked->findings + count,
                               count, &error);
    }
    return code ? talk_error(&error) : EXIT_OK;
}

static exit_status_t check_all(validation_t *v)
{
    progress_t progress = progress_begin("running");
    exit_status_t status = EXIT_OK;
    v->claims = calloc(v->count + 1, sizeof *v->claims);
    v->checked = calloc(v->count + 1, sizeof *v->checked);
    if (!v->claims || !v->checked) {
        return talk_no_memory();
    }
    size_t done = 0;
    for (size_t i = 0; i < v->all && status == EXIT_OK; i++) {
        ebb_validated_claim_t *claim = &v->claims[done];
        if (v->wanted[i] && ebb_evidence_at(i, &claim->evidence)) {
            const char *check = claim->evidence.check;
            status = strcmp(check, EBB_SURVEYS) == 0
                         ? check_survey(v, claim, &v->checked[done])
                     : *check ? check_claim(v, claim, &v->checked[done])
                              : EXIT_OK;
            (void)progress_update(&progress, ++done, v->count);
        }
    }
    progress_end(&progress);
    return status;
}

/* --- result ----------------------------------------------------------------------- */

static int claims_document(ebb_text_t *out, const void *from)
{
    return ebb_validated_json(out, from);
}

static exit_status_t write_result(validation_t *v)
{
    const validate_values_t *values = v->values;
    const ebb_picture_opts_t opts = {.width = values->width ? values->width : 80,
                                     .colour = !values->output &&
                                               screen_has_colour(STDOUT_FILENO)};
    v->result = (ebb_validated_t){.claims = v->claims,
                                  .count = v->count,
                                  .couples = values->couples,
                                  .seed = values->seed,
                                  .cut = values->ablate,
                                  .at_length = v->count <= AT_LENGTH};
    exit_status_t status = result_page_write(values->html, claims_document, &v->result);
    if (status != EXIT_OK || result_page_is_all(values->html, values->output)) {
        return status;
    }
    ebb_text_t text = {0};
    bool json = values->format && strcmp(values->format, "json") == 0;
    int code = json ? ebb_validated_json(&text, &v->result)
                    : ebb_validated_terminal(&text, &v->result, &opts);
    if (code) {
        ebb_text_free(&text);
        return talk_no_memory();
    }
    return output_text(values->output, &text);
}

static void validation_close(validation_t *v)
{
    for (size_t i = 0; v->checked && i < v->count; i++) {
        ebb_claim_free(v->checked[i].claim);
        free(v->checked[i].findings);
    }
    for (size_t i = 0; i < v->model_count; i++) {
        ebb_model_free(v->models[i].model);
        source_close(&v->models[i].source);
    }
    free(v->models);
    free(v->checked);
    free(v->claims);
    free(v->wanted);
}

static exit_status_t validate(validation_t *v, const string_list_t *operands)
{
    if (operands->count) {
        return usage_error(v->self, "takes no operand; say --claims %s",
                           operands->items[0]);
    }
    if (v->values->set.count) {
        return usage_error(v->self, "--set is for --figures");
    }
    if (v->values->sample || v->values->draws) {
        return usage_error(v->self, "--sample is for --figures");
    }
    if (v->values->format && strcmp(v->values->format, "csv") == 0) {
        return usage_error(v->self, "claims are no table; csv is for --figures");
    }
    exit_status_t status = want_claims(v);
    status = status == EXIT_OK ? check_all(v) : status;
    return status == EXIT_OK ? write_result(v) : status;
}

/* Figures and claims are two questions. */
static exit_status_t validate_figures(const validation_t *v,
                                      const string_list_t *operands)
{
    const validate_values_t *values = v->values;
    if (operands->count) {
        return usage_error(v->self, "takes no operand; say --figures %s",
                           operands->items[0]);
    }
    if (values->claims || values->ablate) {
        return usage_error(v->self, "--figures asks for no claims");
    }
    if (values->draws && !values->sample) {
        return usage_error(v->self, "--draws needs --sample");
    }
    return figures_run(
        &(figures_ask_t){.self = v->self,
                         .ids = values->figures,
                         .set = &values->set,
                         .sample = values->sample,
                         .draws = values->draws ? values->draws : (int)EBB_SAMPLE_DRAWS,
                         .format = values->format,
                         .output = values->output,
                         .html = values->html,
                         .couples = values->couples,
                         .seed = values->seed,
                         .threads = values->threads,
                         .width = values->width});
}

static exit_status_t run_validate(const command_t *self, int argc, char **argv)
{
    validate_values_t values = {0};
    string_list_t operands = {0};
    validation_t v = {.self = self, .values = &values};
    int status = options_parse(self, &values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = result_page_place(self, values.html, values.output);
        status = status != EXIT_OK ? status
                 : values.figures  ? validate_figures(&v, &operands)
                                   : validate(&v, &operands);
    }
    validation_close(&v);
    options_free(self, &values);
    list_free(&operands);
    return status;
}

const command_t command_validate = {
    .name = "validate",
    .summary = "Checks what is claimed of such couples on the models",
    .operands = "",
    .about =
        "Each claim of evidence/claims.tsv that has a check (docs/language.md, Claims) "
        "is tried on a model that ships: the same couples run in several arms with the "
        "same chance, and are compared. A line tells whether the claim holds in the "
        "model, by how much, and beside it what the evidence says about people, which "
        "the model does not know.\n"
        "A claim that does not hold is a result: the status is 0.",
    .options = validate_options,
    .examples = validate_examples,
    .run = run_validate,
};

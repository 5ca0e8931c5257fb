/* SPDX-License-Identifier: MIT
 *
 * Fuzzes the model language: bytes are a file, of which the model and then each
 * scenario, claim, population and trial is read. Those of a file without a model are
 * read with the model that ships by the name they use.
 *
 * What is held: nothing but a limit or a wrong input is ever said, and then with a
 * place and a report that is text; what is accepted describes itself the same way
 * twice, every scenario and claim of it is complete, and its documents can be
 * written: braces match in its LaTeX, elements in its MathML and in its drawing.
 */
#include <math.h>

#include "ebb/claim.h"
#include "ebb/document.h"
#include "ebb/library.h"
#include "ebb/population.h"
#include "ebb/trial.h"
#include "fuzz.h"

static void check_report(const ebb_text_t *report, int code)
{
    FUZZ_CHECK(code == EBB_OK || report->length > 0);
    FUZZ_CHECK(report->length < 1 << 16);
    for (size_t i = 0; i < report->length; i++) {
        unsigned char c = (unsigned char)report->data[i];
        FUZZ_CHECK((c >= 0x20 && c != 0x7F) || c == '\n' || c == '\t');
    }
}

static void check_code(int code)
{
    FUZZ_CHECK(code == EBB_OK || code == EBB_ERR_INPUT || code == EBB_ERR_LIMIT ||
               code == EBB_ERR_CHOICE);
}

/* What stands in a file beside its model: how it is listed, and how one of it is read
 * and held to what it promises. The second returns the code of reading. */
typedef struct kind_of_part {
    int (*list)(const ebb_model_text_t *text, ebb_scenario_info_t *infos, size_t room,
                size_t *count);
    int (*check)(const ebb_model_t *model, const ebb_model_text_t *one,
                 ebb_text_t *report);
} kind_of_part_t;

static void check_said(ebb_text_t *said)
{
    FUZZ_CHECK(said->failed == 0 && said->length > 0);
    ebb_text_free(said);
}

static int check_scenario(const ebb_model_t *model, const ebb_model_text_t *one,
                          ebb_text_t *report)
{
    ebb_scenario_t *scenario = NULL;
    int code = ebb_scenario_read(&scenario, model, one, report, NULL);
    FUZZ_CHECK((code == EBB_OK) == (scenario != NULL));
    if (scenario) {
        ebb_text_t said = {0};
        ebb_scenario_describe(scenario, &said);
        check_said(&said);
    }
    ebb_scenario_free(scenario);
    return code;
}

static int check_claim(const ebb_model_t *model, const ebb_model_text_t *one,
                       ebb_text_t *report)
{
    ebb_claim_t *claim = NULL;
    int code = ebb_claim_read(&claim, model, one, report, NULL);
    FUZZ_CHECK((code == EBB_OK) == (claim != NULL));
    if (claim) {
        ebb_claim_info_t info = ebb_claim_info(claim);
        FUZZ_CHECK(info.arms >= 1 && info.expects >= 1 && info.construction);
        FUZZ_CHECK(strcmp(info.head.name, one->scenario) == 0);
    }
    ebb_claim_free(claim);
    return code;
}

static int check_population(const ebb_model_t *model, const ebb_model_text_t *one,
                            ebb_text_t *report)
{
    ebb_population_t *population = NULL;
    int code = ebb_population_read(&population, model, one, report, NULL);
    FUZZ_CHECK((code == EBB_OK) == (population != NULL));
    if (population) {
        ebb_population_info_t info = ebb_population_info(population);
        ebb_text_t said = {0};
        FUZZ_CHECK(info.head.length > 0 && info.every > 0);
        FUZZ_CHECK(info.every <= info.head.length);
        ebb_population_describe(population, &said);
        check_said(&said);
    }
    ebb_population_free(population);
    return code;
}

static int check_trial(const ebb_model_t *model, const ebb_model_text_t *one,
                       ebb_text_t *report)
{
    ebb_trial_t *trial = NULL;
    int code = ebb_trial_read(&trial, model, one, report, NULL);
    FUZZ_CHECK((code == EBB_OK) == (trial != NULL));
    if (trial) {
        ebb_trial_info_t info = ebb_trial_info(trial);
        ebb_text_t said = {0};
        FUZZ_CHECK(info.arms >= 2 && info.sd > 0 && info.reliable > 0);
        FUZZ_CHECK(info.times[0] < info.times[1] && info.times[1] <= info.times[2]);
        ebb_trial_describe(trial, &said);
        check_said(&said);
    }
    ebb_trial_free(trial);
    return code;
}

static const kind_of_part_t parts[] = {
    {ebb_scenario_list, check_scenario},
    {ebb_claim_list, check_claim},
    {ebb_population_list, check_population},
    {ebb_trial_list, check_trial},
};
#define PARTS (sizeof parts / sizeof *parts)

/* The first four of each kind. */
static void check_parts(const ebb_model_t *model, const ebb_model_text_t *text)
{
    ebb_scenario_info_t infos[4];
    for (size_t k = 0; k < PARTS; k++) {
        size_t count = 0;
        int failed = parts[k].list(text, infos, 4, &count);
        for (size_t i = 0; !failed && i < count && i < 4; i++) {
            ebb_text_t report = {0};
            ebb_model_text_t one = *text;
            one.scenario = infos[i].name;
            int code = parts[k].check(model, &one, &report);
            check_code(code);
            check_report(&report, code);
            ebb_text_free(&report);
        }
    }
}

/* A model that ships, read once; NULL when there is none of that name. */
static const ebb_model_t *shipped(const char *name)
{
    static ebb_model_t *kept[64];
    FUZZ_CHECK(ebb_library_count() <= sizeof kept / sizeof kept[0]);
    ebb_library_model_t row;
    for (size_t i = 0; ebb_library_at(i, &row); i++) {
        if (strcmp(row.name, name) == 0) {
            FUZZ_CHECK(kept[i] || !ebb_model_read(&kept[i], &row.file, NULL, NULL));
            return kept[i];
        }
    }
    return NULL;
}

/* What uses a model that ships. */
static void check_users(const ebb_model_text_t *text)
{
    ebb_scenario_info_t first[1];
    size_t count = 0;
    for (size_t k = 0; k < PARTS && count == 0; k++) {
        count = parts[k].list(text, first, 1, &count) ? 0 : count;
    }
    const ebb_model_t *model = count > 0 ? shipped(first[0].uses) : NULL;
    if (model) {
        check_parts(model, text);
    }
}

/* Every number of a model has a name, and a default within its range. */
static void check_scalars(const ebb_model_t *model)
{
    ebb_model_info_t info = ebb_model_info(model);
    const size_t counts[] = {info.params, info.traits, info.inputs, info.states,
                             info.lets};
    FUZZ_CHECK(info.persons >= 1 && info.persons <= 8);
    for (int kind = 0; kind < 5; kind++) {
        for (size_t i = 0; i < counts[kind]; i++) {
            ebb_scalar_t scalar;
            FUZZ_CHECK(!ebb_model_scalar(model, (ebb_scalar_kind_t)kind, i, &scalar));
            FUZZ_CHECK(scalar.name[0] != '\0' && scalar.low < scalar.high);
            FUZZ_CHECK(kind >= EBB_SCALAR_STATE ||
                       (isfinite(scalar.value) && scalar.value >= scalar.low &&
                        scalar.value <= scalar.high));
        }
    }
}

static void check_braces(const ebb_text_t *latex)
{
    long depth = 0;
    for (size_t i = 0; i < latex->length; i++) {
        char c = latex->data[i];
        i += c == '\\';
        depth += (c == '{') - (c == '}');
        FUZZ_CHECK(depth >= 0);
    }
    FUZZ_CHECK(depth == 0);
}

/* As many elements end as begin: no name, number or description made one. */
static void check_elements(const ebb_text_t *xml)
{
    long open = 0;
    for (size_t i = 0; i < xml->length; i++) {
        if (xml->data[i] == '<') {
            open += xml->data[i + 1] == '/' ? -1 : 1;
        }
        open -= xml->data[i] == '/' && xml->data[i + 1] == '>';
        FUZZ_CHECK(open >= 0);
    }
    FUZZ_CHECK(open == 0);
}

static void check_documents(const ebb_model_t *model)
{
    ebb_text_t latex, mathml, svg;
    ebb_text_init(&latex, NULL);
    ebb_text_init(&mathml, NULL);
    ebb_text_init(&svg, NULL);
    FUZZ_CHECK(ebb_document_latex(model, &latex) == EBB_OK);
    FUZZ_CHECK(ebb_document_mathml(model, &mathml) == EBB_OK);
    int code = ebb_document_diagram(model, EBB_DIAGRAM_AUTO, &svg, NULL);
    FUZZ_CHECK(code == EBB_OK || (code == EBB_ERR_LIMIT && svg.length == 0));
    check_braces(&latex);
    check_elements(&mathml);
    check_elements(&svg);
    ebb_text_free(&latex);
    ebb_text_free(&mathml);
    ebb_text_free(&svg);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    ebb_model_text_t text = {
        .bytes = (const char *)bytes, .size = size, .label = "fuzz"};
    ebb_model_t *model = NULL;
    ebb_error_t error = {0};
    ebb_text_t report;
    ebb_text_init(&report, NULL);
    int code = ebb_model_read(&model, &text, &report, &error);
    check_code(code);
    check_report(&report, code);
    FUZZ_CHECK((code == EBB_OK) == (model != NULL));
    FUZZ_CHECK(code == EBB_OK || (error.code == code && error.line && error.text[0]));
    if (model) {
        ebb_text_t once, twice;
        ebb_text_init(&once, NULL);
        ebb_text_init(&twice, NULL);
        ebb_model_describe(model, &once);
        ebb_model_describe(model, &twice);
        FUZZ_CHECK(once.failed == 0 && once.length == twice.length &&
                   memcmp(once.data, twice.data, once.length) == 0);
        check_scalars(model);
        check_documents(model);
        check_parts(model, &text);
        ebb_text_free(&once);
        ebb_text_free(&twice);
    } else {
        check_users(&text);
    }
    ebb_model_free(model);
    ebb_text_free(&report);
    return 0;
}

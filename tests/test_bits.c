/* SPDX-License-Identifier: MIT
 *
 * The same bits: every model of models/ and tests/lang/good, by every method that suits
 * it, without a scenario and with each of its file, gives the digest of tests/bits.tsv,
 * whatever the width of blocks, the cuts of the range and the number of threads. And
 * partners who change places exchange their numbers exactly.
 *
 *     test_bits ROOT              ROOT has models/ and tests/
 *     test_bits ROOT --write      writes ROOT/tests/bits.tsv
 *     test_bits ROOT --describe   prints digests of what the desk says of each model,
 *                                 for tests/bits_wasm.mjs
 *
 * The table holds what came out once, and says nothing of whether that is right: it is
 * there so that compilers, machines and WebAssembly that do not meet are compared.
 * Write it anew when a change is meant to change numbers.
 */
#define _DEFAULT_SOURCE /* scandir */

#include <dirent.h>

#include "bits.h"
#include "ebb/engine.h"
#include "lang/model.h"

#define TABLE_MOST 65536

/* The table that this build makes, and what it is to be. */
static char made[TABLE_MOST], kept[TABLE_MOST];

typedef struct source {
    char name[300]; /* below the root */
    char *bytes;
    size_t size;
    ebb_model_t *model;
} source_t;

/* --- rows ------------------------------------------------------------------------- */

static void row_add(const source_t *source, const char *scenario, const char *method,
                    uint64_t digest)
{
    size_t length = strlen(made);
    (void)snprintf(made + length, sizeof made - length, "%s\t%s\t%s\t0x%016llx\n",
                   source->name, scenario, method, (unsigned long long)digest);
}

/* All that must not matter: every width, and with each other cuts and threads. */
static void check_ways(bits_t bits, uint64_t digest)
{
    static const size_t cuts[4][3] = {{0}, {1, 0, 0}, {23, 40, 0}, {8, 9, 66}};
    for (size_t k = 0; k < 8; k++) {
        uint64_t again = 0;
        bits.lanes = 8 * (k + 1);
        bits.threads = k % 2 ? 2 : 1;
        memcpy(bits.cuts, cuts[k % 4], sizeof bits.cuts);
        CHECK(bits_digest(&bits, &again) && again == digest);
    }
}

static void check_methods(const source_t *source, const ebb_scenario_t *scenario,
                          const char *name)
{
    bits_t bits = {.model = source->model, .scenario = scenario};
    for (int m = EBB_METHOD_MAP; *ebb_method_word((ebb_method_t)m); m++) {
        uint64_t digest = 0;
        bits.method = (ebb_method_t)m;
        if (bits_digest(&bits, &digest)) {
            row_add(source, name, ebb_method_word(bits.method), digest);
            check_ways(bits, digest);
        }
    }
}

static void check_scenarios(const source_t *source)
{
    ebb_scenario_info_t infos[16];
    ebb_model_text_t text = {.bytes = source->bytes, .size = source->size};
    size_t count = 0;
    CHECK(ebb_scenario_list(&text, infos, 16, &count) == EBB_OK && count <= 16);
    for (size_t k = 0; k < count && k < 16; k++) {
        ebb_scenario_t *scenario = NULL;
        text.scenario = infos[k].name;
        CHECK(ebb_scenario_read(&scenario, source->model, &text, NULL, NULL) == 0);
        check_methods(source, scenario, infos[k].name);
        ebb_scenario_free(scenario);
    }
}

/* What the desk says of the model: texts, and numbers in their shortest form. Not in
 * the table, as a model's words may change. */
static void describe_model(const source_t *source)
{
    ebb_desk_t *desk = ebb_desk_new();
    CHECK(desk && ebb_desk_read_model(desk, source->bytes, source->size) == EBB_OK);
    CHECK(ebb_desk_describe(desk) == EBB_OK);
    row_add(source, "-", "describe", bits_mix_text(BITS_BEGIN, ebb_desk_reply(desk)));
    ebb_desk_free(desk);
}

/* --- partners change places ------------------------------------------------------- */

static double *exchange_values(const ebb_model_t *model, ebb_method_t method,
                               bool exchange, ebb_run_info_t *info)
{
    const ebb_system_t *system = ebb_model_system(model);
    double traits[64], starts[64], length = system->steps ? 24 : 3;
    CHECK(system->trait_count <= 64 && system->state_count <= 64);
    for (size_t i = 0; i < system->trait_count && i < 64; i++) {
        size_t k = exchange ? system->traits[i].mirror : i;
        traits[i] = bits_start(system->traits[k].low, system->traits[k].high,
                               (unsigned)(2 * k) % 23);
    }
    for (size_t i = 0; i < system->state_count && i < 64; i++) {
        size_t k = exchange ? system->states[i].mirror : i;
        starts[i] = bits_start(system->states[k].low, system->states[k].high,
                               (unsigned)(5 * k + 3) % 23);
    }
    ebb_run_settings_t settings = {.method = method,
                                   .seed = 7,
                                   .tolerance = 1e-6,
                                   .length = length,
                                   .times = &length,
                                   .time_count = 1,
                                   .traits = traits,
                                   .starts = starts,
                                   .exchange = exchange};
    ebb_simulation_t *run = NULL;
    if (ebb_run_new(&run, model, NULL, &settings, NULL)) {
        return NULL;
    }
    *info = ebb_run_info(run);
    double *values = calloc(BITS_COUPLES * info->output_count, sizeof *values);
    ebb_run_job_t job = {.end = BITS_COUPLES, .values = values};
    CHECK(values && ebb_run_range(run, &job, NULL) == EBB_OK);
    ebb_run_free(run);
    return values;
}

/* Output i of the exchanged run is that of i's mirror. */
static bool exchange_equal(const ebb_system_t *system, const double *one,
                           const double *other)
{
    size_t states = system->state_count;
    bool equal = true;
    for (size_t i = 0; i < states + system->let_count; i++) {
        size_t mirror = i < states ? system->states[i].mirror
                                   : states + system->lets[i - states].mirror;
        equal = equal && bits_mix_numbers(BITS_BEGIN, &one[i], 1) ==
                             bits_mix_numbers(BITS_BEGIN, &other[mirror], 1);
    }
    return equal;
}

static void check_exchange(const source_t *source)
{
    const ebb_system_t *system = ebb_model_system(source->model);
    for (int m = EBB_METHOD_MAP; *ebb_method_word((ebb_method_t)m); m++) {
        ebb_run_info_t info = {0};
        double *one = exchange_values(source->model, (ebb_method_t)m, false, &info);
        double *other = exchange_values(source->model, (ebb_method_t)m, true, &info);
        bool equal = one != NULL && other != NULL;
        for (size_t c = 0; c < BITS_COUPLES && equal; c++) {
            equal = exchange_equal(system, one + c * info.output_count,
                                   other + c * info.output_count);
        }
        CHECK(!one == !other && (!one || equal));
        if (one && !equal) {
            (void)fprintf(stderr, "    %s by %s\n", source->name,
                          ebb_method_word((ebb_method_t)m));
        }
        free(one);
        free(other);
    }
}

/* --- files ------------------------------------------------------------------------ */

static void read_file(const char *root, const char *name, char **bytes, size_t *size)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *file = fopen(path, "rb");
    *bytes = calloc(1, TABLE_MOST);
    CHECK(file && *bytes);
    *size = file && *bytes ? fread(*bytes, 1, TABLE_MOST - 1, file) : 0;
    if (file) {
        (void)fclose(file);
    }
}

static void check_model(const source_t *source)
{
    check_methods(source, NULL, "-");
    check_scenarios(source);
    if (ebb_model_info(source->model).alike) {
        check_exchange(source);
    }
}

static void check_file(const char *root, const char *name,
                       void (*check)(const source_t *source))
{
    source_t source = {0};
    (void)snprintf(source.name, sizeof source.name, "%.299s", name);
    read_file(root, name, &source.bytes, &source.size);
    ebb_model_text_t text = {.bytes = source.bytes, .size = source.size};
    CHECK(ebb_model_read(&source.model, &text, NULL, NULL) == EBB_OK);
    if (source.model) {
        check(&source);
    }
    ebb_model_free(source.model);
    free(source.bytes);
}

static int is_model(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 4 && strcmp(entry->d_name + length - 4, ".ebb") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void check_folder(const char *root, const char *folder,
                         void (*check)(const source_t *source))
{
    char path[1024], name[300];
    struct dirent **entries = NULL;
    (void)snprintf(path, sizeof path, "%s/%s", root, folder);
    int count = scandir(path, &entries, is_model, by_name);
    CHECK(count > 0);
    for (int k = 0; k < count; k++) {
        (void)snprintf(name, sizeof name, "%s/%s", folder, entries[k]->d_name);
        check_file(root, name, check);
        free(entries[k]);
    }
    free(entries);
}

/* --- the table -------------------------------------------------------------------- */

static void write_table(const char *root)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/tests/bits.tsv", root);
    FILE *file = fopen(path, "wb");
    CHECK(file && fputs(made, file) >= 0 && fclose(file) == 0);
}

/* Whether a line, without its end, stands in a table. */
static bool table_has(const char *table, const char *line, size_t length)
{
    for (const char *at = table; *at; at = strchr(at, '\n') + 1) {
        size_t here = (size_t)(strchr(at, '\n') - at);
        if (here == length && memcmp(at, line, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Each row of `table` stands in `other`. */
static void check_rows(const char *table, const char *other, const char *what)
{
    for (const char *at = table; *at; at = strchr(at, '\n') + 1) {
        size_t length = (size_t)(strchr(at, '\n') - at);
        bool there = table_has(other, at, length);
        CHECK(there);
        if (!there) {
            (void)fprintf(stderr, "    %s: %.*s\n", what, (int)length, at);
        }
    }
}

static void check_table(const char *root)
{
    char *bytes = NULL;
    size_t size = 0;
    read_file(root, "tests/bits.tsv", &bytes, &size);
    memcpy(kept, bytes, size);
    free(bytes);
    check_rows(made, kept, "not in the table");
    check_rows(kept, made, "only in the table");
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        (void)fprintf(stderr, "usage: test_bits ROOT [--write | --describe]\n");
        return 2;
    }
    bool describes = argc > 2 && strcmp(argv[2], "--describe") == 0;
    check_folder(argv[1], "models", describes ? describe_model : check_model);
    check_folder(argv[1], "tests/lang/good", describes ? describe_model : check_model);
    if (describes) {
        (void)fputs(made, stdout);
        return check_failed != 0;
    }
    CHECK(strlen(made) + 256 < sizeof made);
    if (argc > 2) {
        write_table(argv[1]);
    } else {
        check_table(argv[1]);
    }
    return check_report(__FILE__);
}

/* SPDX-License-Identifier: MIT
 * Models in files, each beside what is expected of it:
 *
 *   broken/NAME.ebb   NAME.txt: the report, word for word (of its scenario, where the
 *                     model is right)
 *   good/NAME.ebb     NAME.txt: the system (and the scenarios) that come of it
 *
 *     test_lang_files FOLDER MODELS PAGE           compares; the MODELS that ship, and
 *                                                  those in the PAGE, must be right
 *     test_lang_files FOLDER MODELS PAGE --write   writes what is, to be looked at
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdlib.h>

#include "check.h"
#include "ebb/claim.h"
#include "ebb/model.h"
#include "ebb/population.h"
#include "ebb/trial.h"

#define MOST_BYTES (1u << 21)

static ebb_text_t read_file(const char *folder, const char *name)
{
    char path[1024], buffer[4096];
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    (void)snprintf(path, sizeof path, "%s/%s", name[0] == '/' ? "" : folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        return text;
    }
    size_t n = 0;
    while ((n = fread(buffer, 1, sizeof buffer, file)) > 0 &&
           text.length < MOST_BYTES) {
        ebb_text_append(&text, buffer, n);
    }
    (void)fclose(file);
    return text;
}

/* All scenarios of a right model, described; or the report of the first wrong one. */
static int scenarios(const ebb_model_t *model, const ebb_model_text_t *text,
                     ebb_text_t *said, int describe)
{
    ebb_scenario_info_t infos[16];
    size_t count = 0;
    if (ebb_scenario_list(text, infos, 16, &count)) {
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        ebb_scenario_t *scenario = NULL;
        ebb_model_text_t one = *text;
        one.scenario = infos[i].name;
        if (ebb_scenario_read(&scenario, model, &one, said, NULL)) {
            return 1;
        }
        if (describe) {
            ebb_text_puts(said, "\n");
            ebb_scenario_describe(scenario, said);
        }
        ebb_scenario_free(scenario);
    }
    return 0;
}

/* All claims of a right model, read; or the report of the first wrong one. */
static int claims(const ebb_model_t *model, const ebb_model_text_t *text,
                  ebb_text_t *said)
{
    ebb_scenario_info_t infos[16];
    size_t count = 0;
    if (ebb_claim_list(text, infos, 16, &count)) {
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        ebb_claim_t *claim = NULL;
        ebb_model_text_t one = *text;
        one.scenario = infos[i].name;
        if (ebb_claim_read(&claim, model, &one, said, NULL)) {
            return 1;
        }
        ebb_claim_free(claim);
    }
    return 0;
}

/* All populations of a right model, read, and described; or the report of the first
 * wrong one. */
static int populations(const ebb_model_t *model, const ebb_model_text_t *text,
                       ebb_text_t *said, int describe)
{
    ebb_scenario_info_t infos[16];
    size_t count = 0;
    if (ebb_population_list(text, infos, 16, &count)) {
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        ebb_population_t *population = NULL;
        ebb_model_text_t one = *text;
        one.scenario = infos[i].name;
        if (ebb_population_read(&population, model, &one, said, NULL)) {
            return 1;
        }
        if (describe) {
            ebb_text_puts(said, "\n");
            ebb_population_describe(population, said);
        }
        ebb_population_free(population);
    }
    return 0;
}

/* The same of all trials. */
static int trials(const ebb_model_t *model, const ebb_model_text_t *text,
                  ebb_text_t *said, int describe)
{
    ebb_scenario_info_t infos[16];
    size_t count = 0;
    if (ebb_trial_list(text, infos, 16, &count)) {
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        ebb_trial_t *trial = NULL;
        ebb_model_text_t one = *text;
        one.scenario = infos[i].name;
        if (ebb_trial_read(&trial, model, &one, said, NULL)) {
            return 1;
        }
        if (describe) {
            ebb_text_puts(said, "\n");
            ebb_trial_describe(trial, said);
        }
        ebb_trial_free(trial);
    }
    return 0;
}

/* What is said of a file; whether all in it is right. */
static int judge(const ebb_text_t *file, const char *label, ebb_text_t *said,
                 int describe)
{
    ebb_model_text_t text = {.bytes = file->data, .size = file->length, .label = label};
    ebb_model_t *model = NULL;
    ebb_error_t error = {0};
    int code = ebb_model_read(&model, &text, said, &error);
    CHECK((code == 0) == (model != NULL));
    CHECK(code == 0 || (error.code == code && error.text[0] && error.line > 0));
    if (code) {
        return code;
    }
    if (describe) {
        ebb_model_describe(model, said);
    }
    code = scenarios(model, &text, said, describe);
    code = code ? code : claims(model, &text, said);
    code = code ? code : populations(model, &text, said, describe);
    code = code ? code : trials(model, &text, said, describe);
    ebb_model_free(model);
    return code;
}

static void write_file(const char *folder, const char *name, const ebb_text_t *text)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (file) {
        (void)fwrite(text->data, 1, text->length, file);
        (void)fclose(file);
    }
}

static void compare(const char *folder, const char *name, int broken, int writing)
{
    char expected_name[256];
    ebb_text_t file = read_file(folder, name), said;
    ebb_text_init(&said, NULL);
    int code = judge(&file, name, &said, !broken);
    (void)snprintf(expected_name, sizeof expected_name, "%.*s.txt",
                   (int)strcspn(name, "."), name);
    ebb_text_t expected = read_file(folder, expected_name);
    /* a warning alone is no failure */
    check_one(broken ? code != 0 || (said.data && strstr(said.data, "warning"))
                     : code == 0,
              name, folder, code);
    if (writing) {
        write_file(folder, expected_name, &said);
    } else {
        check_string(said.data ? said.data : "",
                     expected.data ? expected.data : "(none)", name, 1);
    }
    ebb_text_free(&file);
    ebb_text_free(&said);
    ebb_text_free(&expected);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_model(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".ebb") == 0;
}

/* Every model of a folder; how many. */
static int each(const char *folder, int broken, int writing)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_model, by_name);
    for (int i = 0; i < count; i++) {
        compare(folder, entries[i]->d_name, broken, writing);
        free(entries[i]);
    }
    free(entries);
    return count;
}

/* The models that ship are right, without a word, and so are their scenarios. */
static int shipped(const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_model, by_name);
    for (int i = 0; i < count; i++) {
        ebb_text_t file = read_file(folder, entries[i]->d_name), said;
        ebb_text_init(&said, NULL);
        CHECK(judge(&file, entries[i]->d_name, &said, 0) == 0);
        CHECK_STRING(said.data ? said.data : "", "");
        ebb_text_free(&file);
        ebb_text_free(&said);
        free(entries[i]);
    }
    free(entries);
    return count;
}

/* The models of a page, between ```ebb and ```; how many. */
static int shown(const char *page)
{
    static const char begin[] = "```ebb\nmodel ";
    ebb_text_t text = read_file(".", page);
    int count = 0;
    for (char *at = text.data; at && (at = strstr(at, begin)) != NULL; count++) {
        char *end = strstr(at + sizeof begin, "```");
        ebb_text_t part, said;
        ebb_text_init(&part, NULL);
        ebb_text_init(&said, NULL);
        at = strchr(at, '\n') + 1;
        ebb_text_append(&part, at, end ? (size_t)(end - at) : strlen(at));
        CHECK(judge(&part, page, &said, 0) == 0);
        CHECK_STRING(said.data ? said.data : "", "");
        ebb_text_free(&part);
        ebb_text_free(&said);
    }
    ebb_text_free(&text);
    return count;
}

int main(int argc, char **argv)
{
    char folder[1024];
    if (argc < 4) {
        return 2;
    }
    int writing = argc > 4 && strcmp(argv[4], "--write") == 0;
    (void)snprintf(folder, sizeof folder, "%s/broken", argv[1]);
    CHECK(each(folder, 1, writing) >= 80);
    (void)snprintf(folder, sizeof folder, "%s/good", argv[1]);
    CHECK(each(folder, 0, writing) >= 5);
    CHECK(shipped(argv[2]) >= 15);
    CHECK(shown(argv[3]) >= 2);
    return check_report(__FILE__);
}

/* SPDX-License-Identifier: MIT
 * The models and scenarios inside the library are those of models/ and scenarios/, byte
 * for byte, each under the name and with the sentence it gives itself.
 *
 *     test_library MODELS SCENARIOS
 */
#include "check.h"

#include <dirent.h>
#include <stdlib.h>

#include "ebb/library.h"
#include "ebb/show.h"
#include "scarce.h"

static size_t count_files(const char *folder)
{
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        size_t length = strlen(entry->d_name);
        count += length > 4 && strcmp(entry->d_name + length - 4, ".ebb") == 0;
    }
    if (dir) {
        (void)closedir(dir);
    }
    return count;
}

static void same_bytes(const char *folder, const char *name, const char *end,
                       const ebb_model_text_t *shipped)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s%s", folder, name, end);
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    char *bytes = calloc(1, shipped->size + 1);
    if (file && bytes) {
        size_t size = fread(bytes, 1, shipped->size + 1, file);
        CHECK(size == shipped->size);
        CHECK(memcmp(bytes, shipped->bytes, shipped->size) == 0);
    }
    free(bytes);
    if (file) {
        (void)fclose(file);
    }
}

static void own_name(const ebb_library_model_t *shipped)
{
    ebb_model_t *model = NULL;
    CHECK(ebb_model_read(&model, &shipped->file, NULL, NULL) == EBB_OK);
    if (model) {
        CHECK_STRING(shipped->name, ebb_model_info(model).name);
        CHECK_STRING(shipped->text, ebb_model_info(model).text);
    }
    ebb_model_free(model);
}

static void finds(const ebb_library_model_t *shipped, size_t index)
{
    ebb_library_model_t found, before;
    CHECK(ebb_library_find(shipped->name, &found) && found.name == shipped->name);
    CHECK(index == 0 || (ebb_library_at(index - 1, &before) &&
                         strcmp(before.name, shipped->name) < 0));
}

/* --- scenarios -------------------------------------------------------------------- */

/* Whether an earlier scenario stands in the same file. */
static bool file_is_seen(size_t index)
{
    ebb_library_scenario_t shipped, before;
    (void)ebb_library_scenario_at(index, &shipped);
    for (size_t k = 0; k < index && ebb_library_scenario_at(k, &before); k++) {
        if (before.file.bytes == shipped.file.bytes) {
            return true;
        }
    }
    return false;
}

/* Every file of the folder, and every scenario of each, is in the table. */
static void test_all_there(const char *folder)
{
    size_t files = 0, scenarios = 0, count = 0;
    ebb_library_scenario_t shipped;
    for (size_t i = 0; ebb_library_scenario_at(i, &shipped); i++) {
        if (!file_is_seen(i)) {
            CHECK(ebb_scenario_list(&shipped.file, NULL, 0, &count) == EBB_OK);
            scenarios += count;
            files++;
        }
    }
    CHECK(files == count_files(folder));
    CHECK(scenarios == ebb_library_scenario_count() && scenarios > 0);
}

/* No line is wider than `width`; returns how many there are. */
static size_t check_lines(const char *text, size_t width)
{
    size_t count = 0;
    while (text && *text) {
        size_t length = strcspn(text, "\n"), columns = 0;
        for (size_t i = 0; i < length; i++) {
            columns += ((unsigned char)text[i] & 0xC0) != 0x80;
        }
        CHECK(columns <= width);
        text += length + (text[length] != '\0');
        count++;
    }
    return count;
}

static size_t count_of(const char *text, const char *what)
{
    size_t count = 0;
    for (const char *at = text; at && (at = strstr(at, what)) != NULL; at++) {
        count++;
    }
    return count;
}

/* What a reader is told of one: its name, its model, and all that is expected. */
static void told(const ebb_scenario_t *scenario, const ebb_library_scenario_t *shipped)
{
    const ebb_show_opts_t narrow = {.width = 60}, wide = {.width = 200};
    ebb_text_t text = {0}, plan = {0};
    CHECK(ebb_show_scenario(&text, scenario, &shipped->file, &narrow) == EBB_OK);
    CHECK(check_lines(text.data, 60) > 2);
    ebb_text_free(&text);
    CHECK(ebb_show_scenario(&text, scenario, &shipped->file, &wide) == EBB_OK);
    ebb_scenario_describe(scenario, &plan);
    CHECK(strncmp(text.data, shipped->name, strlen(shipped->name)) == 0);
    CHECK(strstr(text.data, shipped->uses) != NULL);
    CHECK(count_of(text.data, " of 100 runs\n") +
              count_of(text.data, " of each run\n") ==
          count_of(plan.data, "\nexpect "));
    CHECK(strstr(text.data, "  run ") == NULL &&
          strstr(text.data, "  expect ") == NULL);
    CHECK(strchr(text.data, '#') == NULL); /* comments of the file */
    ebb_text_free(&plan);
    ebb_text_free(&text);
}

/* Right for the model it uses, which ships; as it says of itself. */
static void own_scenario(const ebb_library_scenario_t *shipped)
{
    ebb_library_model_t uses;
    ebb_model_t *model = NULL;
    ebb_scenario_t *scenario = NULL;
    CHECK(ebb_library_find(shipped->uses, &uses));
    CHECK(ebb_model_read(&model, &uses.file, NULL, NULL) == EBB_OK);
    CHECK(model &&
          ebb_scenario_read(&scenario, model, &shipped->file, NULL, NULL) == EBB_OK);
    if (scenario) {
        ebb_scenario_info_t info = ebb_scenario_info(scenario);
        CHECK_STRING(shipped->name, info.name);
        CHECK_STRING(shipped->text, info.text);
        CHECK_STRING(shipped->uses, info.uses);
        CHECK(info.length > 0); /* else nobody knows how long it is meant to be */
        told(scenario, shipped);
        CHECK((info.facts != 0) == (strcmp(info.name, "gone_girl") == 0));
    }
    ebb_scenario_free(scenario);
    ebb_model_free(model);
}

/* A line each, and of what is not run neither model nor length. */
static void test_list(void)
{
    ebb_text_t text = {0};
    CHECK(ebb_show_scenarios(&text, NULL) == EBB_OK);
    CHECK(check_lines(text.data, 80) == ebb_library_scenario_count());
    const char *line = strstr(text.data, "gone_girl ");
    CHECK(line && strcspn(line, "\n") < 80 && strstr(line, "  -  -  "));
    CHECK(count_of(text.data, "  -  -  ") == 1);
    ebb_text_free(&text);
}

/* Fails each allocation once: an error and no leak, until there is enough. */
static void test_memory(void)
{
    ebb_library_scenario_t shipped;
    ebb_library_model_t uses;
    ebb_model_t *model = NULL;
    ebb_scenario_t *scenario = NULL;
    (void)(ebb_library_scenario_at(0, &shipped) &&
           ebb_library_find(shipped.uses, &uses));
    CHECK(ebb_model_read(&model, &uses.file, NULL, NULL) == EBB_OK &&
          ebb_scenario_read(&scenario, model, &shipped.file, NULL, NULL) == EBB_OK);
    int allowed = 0, code = EBB_ERR_MEMORY;
    for (; allowed < 1000 && code; allowed++) {
        scarce_t scarce = {.left = allowed};
        const ebb_alloc_t alloc = {scarce_resize, &scarce};
        ebb_text_t text;
        ebb_text_init(&text, &alloc);
        code = ebb_show_scenario(&text, scenario, &shipped.file, NULL);
        CHECK(code == EBB_OK || code == EBB_ERR_MEMORY);
        ebb_text_free(&text);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK && allowed > 5);
    ebb_scenario_free(scenario);
    ebb_model_free(model);
}

static void test_scenarios(const char *folder)
{
    ebb_library_scenario_t shipped = {0}, found, before = {0};
    test_all_there(folder);
    for (size_t i = 0; ebb_library_scenario_at(i, &shipped); i++) {
        same_bytes(folder, shipped.file.label, "", &shipped.file);
        own_scenario(&shipped);
        CHECK(ebb_library_scenario_find(shipped.name, &found) &&
              found.name == shipped.name);
        CHECK(i == 0 || strcmp(before.name, shipped.name) < 0);
        before = shipped;
    }
    const char *name = shipped.name;
    CHECK(!ebb_library_scenario_at(ebb_library_scenario_count(), &shipped));
    CHECK(!ebb_library_scenario_find("no_such", &shipped) && shipped.name == name);
    CHECK(!ebb_library_scenario_find("", &shipped));
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "models";
    ebb_library_model_t shipped = {0};
    CHECK(ebb_library_count() > 0);
    CHECK(ebb_library_count() == count_files(folder));
    for (size_t i = 0; ebb_library_at(i, &shipped); i++) {
        same_bytes(folder, shipped.name, ".ebb", &shipped.file);
        own_name(&shipped);
        finds(&shipped, i);
    }
    const char *name = shipped.name;
    CHECK(!ebb_library_at(ebb_library_count(), &shipped) && shipped.name == name);
    CHECK(!ebb_library_find("no_such_model", &shipped) && shipped.name == name);
    CHECK(!ebb_library_find("", &shipped));
    test_scenarios(argc > 2 ? argv[2] : "scenarios");
    test_list();
    test_memory();
    return check_report(__FILE__);
}

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
        CHECK((info.facts != 0) == (strcmp(info.name, "gone_girl") == 0));
    }
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
    return check_report(__FILE__);
}

/* SPDX-License-Identifier: MIT
 * The models inside the library are those of models/, byte for byte, each under the
 * name and with the sentence it gives itself.
 *
 *     test_library MODELS
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

static void same_bytes(const char *folder, const ebb_library_model_t *shipped)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s.ebb", folder, shipped->name);
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    char *bytes = calloc(1, shipped->file.size + 1);
    if (file && bytes) {
        size_t size = fread(bytes, 1, shipped->file.size + 1, file);
        CHECK(size == shipped->file.size);
        CHECK(memcmp(bytes, shipped->file.bytes, shipped->file.size) == 0);
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

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "models";
    ebb_library_model_t shipped = {0};
    CHECK(ebb_library_count() > 0);
    CHECK(ebb_library_count() == count_files(folder));
    for (size_t i = 0; ebb_library_at(i, &shipped); i++) {
        same_bytes(folder, &shipped);
        own_name(&shipped);
        finds(&shipped, i);
    }
    const char *name = shipped.name;
    CHECK(!ebb_library_at(ebb_library_count(), &shipped) && shipped.name == name);
    CHECK(!ebb_library_find("no_such_model", &shipped) && shipped.name == name);
    CHECK(!ebb_library_find("", &shipped));
    return check_report(__FILE__);
}

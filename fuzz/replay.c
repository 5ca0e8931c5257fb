/* SPDX-License-Identifier: MIT
 * Runs a fuzz target over the files of given folders, without a fuzzer: every input
 * that is kept is tried again by each run of the tests. Exits 0 when none brought the
 * target down and every folder held some. */
#include <dirent.h>

#include "fuzz.h"

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        (void)fprintf(stderr, "%s: cannot be opened\n", path);
        return 1;
    }
    size_t size = 0, room = 1 << 16;
    uint8_t *bytes = malloc(room);
    while (bytes && !feof(file) && !ferror(file)) {
        size += fread(bytes + size, 1, room - size, file);
        if (size == room) {
            room *= 2;
            uint8_t *grown = realloc(bytes, room);
            if (!grown) {
                free(bytes);
            }
            bytes = grown;
        }
    }
    int failed = !bytes || ferror(file);
    (void)fclose(file);
    if (!failed) {
        (void)fprintf(stderr, "%s\n",
                      path); /* the last one named is the one at fault */
        (void)LLVMFuzzerTestOneInput(bytes, size);
    }
    free(bytes);
    return failed;
}

static int replay_folder(const char *folder, int *count)
{
    DIR *entries = opendir(folder);
    int failed = 0, before = *count;
    for (struct dirent *entry; entries && (entry = readdir(entries)) != NULL;) {
        char path[4096];
        if (entry->d_name[0] == '.') {
            continue;
        }
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        failed += replay_file(path);
        ++*count;
    }
    if (entries) {
        closedir(entries);
    }
    return failed + (*count == before);
}

int main(int argc, char **argv)
{
    int failed = 0, count = 0;
    for (int i = 1; i < argc; i++) {
        failed += replay_folder(argv[i], &count);
    }
    printf("%d passed, %d failed\n", count - failed, failed);
    return failed != 0 || count == 0;
}

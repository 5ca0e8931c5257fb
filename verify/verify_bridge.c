/* SPDX-License-Identifier: MIT
 *
 * verify_bridge: does the loop share that messages show follow that of the model which
 * emits them?
 *
 *   run         draws couples of pursue_withdraw, runs them with the link and without,
 *               lets them write for a year and measures that: rows of OUT/bridge.tsv.
 *               Begun again, it goes on
 *   summarise   writes OUT/bridge.md
 *
 * A folder belongs to one state of the program and the model.
 */
#include <stdlib.h>
#include <string.h>

#include "bridge_couple.h"
#include "bridge_page.h"
#include "ebb/library.h"

#define MOST_ROWS 1000

typedef struct options {
    const char *out;
    int couples, secure, at_most; /* of a group; rows of this call */
    uint64_t seed;
} options_t;

static int usage(void)
{
    (void)fprintf(stderr, "usage: verify_bridge run|summarise --out DIR [--couples N] "
                          "[--secure N] [--seed S] [--at-most N]\n");
    return 2;
}

static bool read_option(options_t *o, const char *name, const char *value)
{
    int number = atoi(value);
    if (strcmp(name, "--out") == 0) {
        o->out = value;
    } else if (strcmp(name, "--couples") == 0) {
        o->couples = number;
    } else if (strcmp(name, "--secure") == 0) {
        o->secure = number;
    } else if (strcmp(name, "--at-most") == 0) {
        o->at_most = number;
    } else if (strcmp(name, "--seed") == 0) {
        o->seed = strtoull(value, NULL, 10);
    } else {
        return false;
    }
    return true;
}

static FILE *open_in(const options_t *o, const char *name, const char *mode)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", o->out, name);
    FILE *file = fopen(path, mode);
    if (!file && *mode != 'r') {
        (void)fprintf(stderr, "verify_bridge: cannot write %s\n", path);
    }
    return file;
}

/* The rows there are. */
static size_t read_rows(const options_t *o, bridge_row_t *rows)
{
    FILE *file = open_in(o, "bridge.tsv", "r");
    size_t count = 0;
    if (file) {
        int head = fscanf(file, "%*[^\n]");
        while (head >= 0 && count < MOST_ROWS && bridge_row_read(file, &rows[count])) {
            count++;
        }
        (void)fclose(file);
    }
    return count;
}

static ebb_model_t *read_model(void)
{
    ebb_library_model_t shipped;
    ebb_model_t *model = NULL;
    if (!ebb_library_find("pursue_withdraw", &shipped) ||
        ebb_model_read(&model, &shipped.file, NULL, NULL)) {
        (void)fprintf(stderr, "verify_bridge: pursue_withdraw cannot be read\n");
    }
    return model;
}

static bool is_there(const bridge_row_t *rows, size_t count, int index, int secure)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].index == index && rows[i].secure == secure) {
            return true;
        }
    }
    return false;
}

static int run(const options_t *o)
{
    static bridge_row_t rows[MOST_ROWS];
    size_t there = read_rows(o, rows);
    ebb_model_t *model = read_model();
    FILE *file = model ? open_in(o, "bridge.tsv", "a") : NULL;
    bool good = file != NULL;
    if (good && there == 0) {
        bridge_row_head(file);
    }
    int left = o->at_most;
    for (int i = 0; i < o->couples + o->secure && good && left > 0; i++) {
        int secure = i >= o->couples, index = secure ? i - o->couples : i;
        if (!is_there(rows, there, index, secure)) {
            bridge_row_t row;
            good = bridge_couple(model, o->seed, index, secure, &row);
            if (good) {
                bridge_row_write(file, &row);
                good = fflush(file) == 0;
            }
            left--;
        }
    }
    good = (!file || fclose(file) == 0) && good;
    ebb_model_free(model);
    return good ? 0 : 1;
}

static int summarise(const options_t *o)
{
    static bridge_row_t rows[MOST_ROWS];
    size_t count = read_rows(o, rows);
    FILE *page = count > 0 ? open_in(o, "bridge.md", "w") : NULL;
    if (!page) {
        return 1;
    }
    bridge_page(page, rows, count, o->seed);
    return fclose(page) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    options_t o = {.couples = 200, .secure = 100, .at_most = MOST_ROWS, .seed = 2026};
    for (int i = 2; i < argc; i += 2) {
        if (i + 1 == argc || !read_option(&o, argv[i], argv[i + 1])) {
            return usage();
        }
    }
    const char *verb = argc > 1 ? argv[1] : "";
    if (!o.out || o.couples < 0 || o.secure < 0 || o.couples + o.secure > MOST_ROWS) {
        return usage();
    }
    return strcmp(verb, "run") == 0         ? run(&o)
           : strcmp(verb, "summarise") == 0 ? summarise(&o)
                                            : usage();
}

/* SPDX-License-Identifier: MIT
 * Shards in a folder: broken off and resumed, damaged, in parts, of other work. */
#define _DEFAULT_SOURCE
#include "ebb/shards.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "ebb/host.h"

enum { SHARDS = 40, NUMBERS = 7 };

static char folder[] = "/tmp/ebb-test-XXXXXX";

typedef struct bench {
    uint64_t runs, stop_at; /* shards run in all; when to cancel, 0: never */
    uint64_t fail;          /* the shard that fails, 0: none */
} bench_t;

static int run_shard(void *user, size_t worker, uint64_t shard, uint64_t *numbers,
                     ebb_error_t *error)
{
    bench_t *bench = user;
    (void)worker;
    (void)error;
    for (size_t k = 0; k < NUMBERS; k++) {
        CHECK(numbers[k] == 0);
        numbers[k] = shard == 3 ? UINT64_MAX / 1000 : shard * shard + k;
    }
    bench->runs++;
    return bench->fail && shard == bench->fail ? EBB_ERR_NUMERIC : EBB_OK;
}

static int watch(void *user, uint64_t done, uint64_t all)
{
    const bench_t *bench = user;
    CHECK(done >= 1 && done <= all);
    return bench->stop_at && bench->runs >= bench->stop_at;
}

static ebb_shards_t shards_of(bench_t *bench, uint64_t *sum, const char *where)
{
    memset(sum, 0, NUMBERS * sizeof *sum);
    return (ebb_shards_t){.count = SHARDS,
                          .numbers = NUMBERS,
                          .work = 0x1234,
                          .workers = 1,
                          .folder = where,
                          .run = run_shard,
                          .user = bench,
                          .progress = watch,
                          .progress_user = bench,
                          .sum = sum};
}

static uint64_t expected(size_t k)
{
    uint64_t sum = 0;
    for (uint64_t shard = 0; shard < SHARDS; shard++) {
        sum += shard == 3 ? UINT64_MAX / 1000 : shard * shard + k;
    }
    return sum;
}

static void check_sum(const uint64_t *sum)
{
    for (size_t k = 0; k < NUMBERS; k++) {
        CHECK(sum[k] == expected(k));
    }
}

static const char *shard_path(unsigned shard)
{
    static char path[256];
    (void)snprintf(path, sizeof path, "%s/kept/shard-%08u.txt", folder, shard);
    return path;
}

static const char *kept_folder(void)
{
    static char path[256];
    (void)snprintf(path, sizeof path, "%s/kept", folder);
    return path;
}

static void test_alone(void)
{
    bench_t bench = {0};
    uint64_t sum[NUMBERS];
    ebb_shards_t shards = shards_of(&bench, sum, NULL);
    CHECK(ebb_shards_run(&shards, NULL) == EBB_OK && bench.runs == SHARDS);
    check_sum(sum);
}

/* Broken off after each few shards; every resumption finds what was done. */
static void test_resume(void)
{
    bench_t bench = {0};
    uint64_t sum[NUMBERS];
    int code = EBB_ERR_CANCELLED;
    for (uint64_t times = 0; code == EBB_ERR_CANCELLED && times < SHARDS; times++) {
        bench.stop_at = bench.runs + 7;
        ebb_shards_t shards = shards_of(&bench, sum, kept_folder());
        code = ebb_shards_run(&shards, NULL);
        if (code) {
            CHECK(sum[0] == 0);
        }
    }
    CHECK(code == EBB_OK && bench.runs == SHARDS);
    check_sum(sum);
    bench.stop_at = 0;
    ebb_shards_t shards = shards_of(&bench, sum, kept_folder());
    CHECK(ebb_shards_run(&shards, NULL) == EBB_OK && bench.runs == SHARDS);
    CHECK(shards.found == SHARDS);
    check_sum(sum);
}

/* Cut off, a digit changed, empty: made again. Bytes are then what they were. */
static void test_damage(void)
{
    bench_t bench = {0};
    uint64_t sum[NUMBERS];
    char whole[512] = "", now[512] = "";
    FILE *file = fopen(shard_path(5), "rb");
    size_t length = file ? fread(whole, 1, sizeof whole - 1, file) : 0;
    CHECK(file && fclose(file) == 0 && length > 40);
    for (size_t cut = 0; cut < length; cut += 9) {
        CHECK(ebb_file_write(shard_path(5), whole, cut, NULL) == EBB_OK);
        ebb_shards_t shards = shards_of(&bench, sum, kept_folder());
        CHECK(ebb_shards_run(&shards, NULL) == EBB_OK && shards.found == SHARDS - 1);
        check_sum(sum);
    }
    memcpy(now, whole, length);
    char *digit = strstr(now, "\n25 ");
    CHECK(digit != NULL);
    if (digit) {
        digit[1] = '3';
        CHECK(ebb_file_write(shard_path(5), now, length, NULL) == EBB_OK);
    }
    ebb_shards_t shards = shards_of(&bench, sum, kept_folder());
    CHECK(ebb_shards_run(&shards, NULL) == EBB_OK && shards.found == SHARDS - 1);
    check_sum(sum);
    file = fopen(shard_path(5), "rb");
    CHECK(file && fread(now, 1, sizeof now, file) == length && fclose(file) == 0);
    CHECK(memcmp(now, whole, length) == 0);
}

static void test_other_work(void)
{
    bench_t bench = {0};
    uint64_t sum[NUMBERS];
    ebb_error_t error = {0};
    ebb_shards_t shards = shards_of(&bench, sum, kept_folder());
    shards.work = 0x1235;
    CHECK(ebb_shards_run(&shards, &error) == EBB_ERR_INPUT && bench.runs == 0);
    CHECK(strstr(error.text, "other work") != NULL && sum[0] == 0);
    shards = shards_of(&bench, sum, shard_path(0)); /* a file */
    CHECK(ebb_shards_run(&shards, &error) == EBB_ERR_IO);
}

/* Parts, each alone, then all of it; and several workers at once. */
static void test_parts(void)
{
    bench_t bench = {0};
    uint64_t sum[NUMBERS];
    char where[256];
    (void)snprintf(where, sizeof where, "%s/parts", folder);
    for (uint64_t part = 0; part < 3; part++) {
        ebb_shards_t shards = shards_of(&bench, sum, where);
        shards.part = part;
        shards.parts = 3;
        CHECK(ebb_shards_run(&shards, NULL) == EBB_OK && shards.found == 0);
    }
    CHECK(bench.runs == SHARDS);
    ebb_shards_t shards = shards_of(&bench, sum, where);
    shards.workers = 4;
    CHECK(ebb_shards_run(&shards, NULL) == EBB_OK && shards.found == SHARDS);
    check_sum(sum);
}

/* Each shard's own result, run or found, and no sum. */
static void test_rows(void)
{
    bench_t bench = {0};
    uint64_t sum[NUMBERS], rows[SHARDS * NUMBERS] = {0};
    ebb_shards_t shards = shards_of(&bench, sum, kept_folder());
    shards.rows = rows;
    shards.sum = NULL;
    CHECK(ebb_shards_run(&shards, NULL) == EBB_OK && shards.found == SHARDS);
    for (uint64_t shard = 0; shard < SHARDS; shard++) {
        for (uint64_t k = 0; k < NUMBERS; k++) {
            uint64_t want = shard == 3 ? UINT64_MAX / 1000 : shard * shard + k;
            CHECK(rows[shard * NUMBERS + k] == want);
        }
    }
    CHECK(bench.runs == 0);
}

static int watch_order(void *user, uint64_t done, uint64_t all)
{
    const bench_t *bench = user;
    CHECK(done == bench->runs && all == SHARDS);
    return done == 5;
}

/* From the end: of five the last five are there. Then all are taken away, and what else
 * lies there stays. */
static void test_backwards(void)
{
    bench_t bench = {0};
    uint64_t sum[NUMBERS];
    ebb_shards_t shards = shards_of(&bench, sum, kept_folder());
    CHECK(ebb_shards_kept(&shards) == SHARDS);
    ebb_shards_discard(&shards);
    CHECK(ebb_shards_kept(&shards) == 0 && access(kept_folder(), F_OK) != 0);
    shards.backwards = true;
    shards.progress = watch_order;
    CHECK(ebb_shards_run(&shards, NULL) == EBB_ERR_CANCELLED);
    CHECK(ebb_shards_kept(&shards) == 5);
    for (unsigned k = 0; k < SHARDS; k++) {
        CHECK((access(shard_path(k), F_OK) == 0) == (k >= SHARDS - 5));
    }
    shards = shards_of(&bench, sum, kept_folder());
    CHECK(ebb_shards_run(&shards, NULL) == EBB_OK && shards.found == 5);
    check_sum(sum);
    CHECK(ebb_file_write(shard_path(SHARDS), "other", 5, NULL) == EBB_OK);
    ebb_shards_discard(&shards);
    CHECK(access(shard_path(SHARDS - 1), F_OK) != 0);
    CHECK(access(shard_path(SHARDS), F_OK) == 0);
}

static void test_failure(void)
{
    bench_t bench = {.fail = 11};
    uint64_t sum[NUMBERS];
    ebb_shards_t shards = shards_of(&bench, sum, NULL);
    CHECK(ebb_shards_run(&shards, NULL) == EBB_ERR_NUMERIC && bench.runs == 12);
    CHECK(sum[0] == 0);
    shards.workers = 0;
    CHECK(ebb_shards_run(&shards, NULL) == EBB_ERR_ARGUMENT);
    shards.workers = 1;
    shards.part = 2;
    shards.parts = 2;
    CHECK(ebb_shards_run(&shards, NULL) == EBB_ERR_ARGUMENT);
}

/* With the files in it. */
static void remove_folder(const char *name)
{
    char path[300];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
        char inside[600];
        (void)snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
        (void)unlink(inside);
    }
    if (dir) {
        (void)closedir(dir);
    }
    (void)rmdir(path);
}

int main(void)
{
    CHECK(mkdtemp(folder) != NULL);
    test_alone();
    test_resume();
    test_damage();
    test_other_work();
    test_rows();
    test_parts();
    test_backwards();
    test_failure();
    remove_folder("kept");
    remove_folder("parts");
    CHECK(rmdir(folder) == 0);
    return check_report(__FILE__);
}

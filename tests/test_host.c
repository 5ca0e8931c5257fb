/* SPDX-License-Identifier: MIT
 * host/: inputs, folders, files written whole or not at all, threads. */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "ebb/host.h"

static char folder[] = "/tmp/ebb-test-XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* what is written is read back, at any offset, also past the end */
static void test_round_trip(void)
{
    ebb_error_t error;
    CHECK(ebb_file_write(in_folder("a"), "hello", 5, &error) == EBB_OK);
    ebb_input_t input;
    CHECK(ebb_input_open(&input, in_folder("a"), &error) == EBB_OK);
    char bytes[8] = {0};
    CHECK(input.size == 5);
    CHECK(input.read_at(&input, 1, bytes, 8) == 4 && memcmp(bytes, "ello", 4) == 0);
    CHECK(input.read_at(&input, 5, bytes, 8) == 0);
    ebb_input_close(&input);
    ebb_input_close(&input); /* twice is harmless */
    input = ebb_input_memory("hello", 5, "m");
    CHECK(input.read_at(&input, 3, bytes, 8) == 2 && memcmp(bytes, "lo", 2) == 0);
    CHECK(input.read_at(&input, 9, bytes, 8) == 0);
}

/* a journal lies beside its database, a folder or nothing does not */
static void test_beside(void)
{
    ebb_error_t error;
    char name[256], beside_name[264], byte = 0;
    ebb_input_t input, beside;
    (void)snprintf(name, sizeof name, "%s", in_folder("a"));
    (void)snprintf(beside_name, sizeof beside_name, "%s-wal", name);
    CHECK(ebb_file_write(name, "hello", 5, &error) == EBB_OK);
    CHECK(ebb_input_open(&input, name, &error) == EBB_OK && input.open_beside);
    CHECK(input.open_beside(&input, "-wal", &beside) == EBB_ERR_IO);
    CHECK(mkdir(beside_name, 0700) == 0);
    CHECK(input.open_beside(&input, "-wal", &beside) == EBB_ERR_IO);
    CHECK(rmdir(beside_name) == 0);
    CHECK(ebb_file_write(beside_name, "w", 1, &error) == EBB_OK);
    CHECK(input.open_beside(&input, "-wal", &beside) == EBB_OK && beside.size == 1);
    CHECK(beside.read_at(&beside, 0, &byte, 1) == 1 && byte == 'w');
    ebb_input_close(&beside);
    ebb_input_close(&input);
    CHECK(unlink(beside_name) == 0);
    CHECK(ebb_input_memory("", 0, "m").open_beside == NULL);
}

static int count_files(void)
{
    DIR *dir = opendir(folder);
    int n = 0;
    while (dir && readdir(dir)) {
        n++;
    }
    CHECK(dir && closedir(dir) == 0);
    return n - 2; /* without . and .. */
}

/* an abandoned or failed file leaves the old one and nothing beside it */
static void test_all_or_nothing(void)
{
    ebb_error_t error;
    ebb_file_writer_t *writer;
    CHECK(ebb_file_begin(&writer, in_folder("a"), &error) == EBB_OK);
    ebb_sink_t sink = ebb_file_sink(writer);
    CHECK(sink.write(sink.user, "half", 4) == EBB_OK);
    ebb_file_abandon(writer);
    CHECK(count_files() == 1);
    CHECK(ebb_file_begin(&writer, in_folder("no/such/folder"), &error) == EBB_ERR_IO);
    CHECK(strstr(error.text, "cannot be written") != NULL);
    struct stat status;
    CHECK(stat(in_folder("a"), &status) == 0 && status.st_size == 5);
}

static unsigned mode_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? status.st_mode & 07777 : 0;
}

/* a new file is its owner's alone, whatever the umask lets others do; a file that is
 * replaced stays as open, or as closed, as it was */
static void test_modes(void)
{
    const char *path = in_folder("a");
    mode_t mask = umask(022);
    CHECK(mode_of(path) == 0600);
    for (unsigned mode = 0400; mode <= 0666; mode += 0122) {
        CHECK(chmod(path, (mode_t)mode) == 0);
        CHECK(ebb_file_write(path, "again", 5, NULL) == EBB_OK);
        CHECK(mode_of(path) == mode);
    }
    (void)umask(mask);
}

/* what is written to a link is written to the file it leads to */
static void test_link(void)
{
    char link[256];
    snprintf(link, sizeof link, "%s", in_folder("link"));
    CHECK(symlink("a", link) == 0);
    CHECK(ebb_file_write(link, "by link", 7, NULL) == EBB_OK);
    struct stat status;
    CHECK(lstat(link, &status) == 0 && S_ISLNK(status.st_mode));
    CHECK(stat(in_folder("a"), &status) == 0 && status.st_size == 7);
    CHECK(unlink(link) == 0);
}

/* a folder and a missing file are named, not read */
static void test_refusals(void)
{
    ebb_error_t error;
    ebb_input_t input;
    CHECK(ebb_input_open(&input, folder, &error) == EBB_ERR_IO);
    CHECK(strstr(error.text, "folder") != NULL);
    CHECK(ebb_input_open(&input, in_folder("none"), &error) == EBB_ERR_IO);
    CHECK_STRING(error.where, in_folder("none"));
}

static void touch(void *arg, size_t i)
{
    atomic_int *seen = arg;
    atomic_fetch_add(&seen[i], 1);
}

/* every index exactly once, with one thread or several */
static void test_threads(void)
{
    for (int threads = 1; threads <= 5; threads += 2) {
        atomic_int seen[1000];
        for (int i = 0; i < 1000; i++) {
            atomic_init(&seen[i], 0);
        }
        ebb_executor_t executor = ebb_host_executor(threads);
        executor.run(executor.user, 1000, touch, seen);
        int wrong = 0;
        for (int i = 0; i < 1000; i++) {
            wrong += atomic_load(&seen[i]) != 1;
        }
        CHECK(wrong == 0);
    }
    CHECK(ebb_host_processors() >= 1);
}

static void make(const char *name, const char *text)
{
    ebb_error_t error;
    CHECK(ebb_file_write(in_folder(name), text, strlen(text), &error) == EBB_OK);
}

/* A tree with links: one to a file, one to the folder above, one to nothing. */
static void make_tree(void)
{
    CHECK(mkdir(in_folder("tree"), 0700) == 0);
    CHECK(mkdir(in_folder("tree/b"), 0700) == 0);
    CHECK(mkdir(in_folder("tree/b/deep"), 0700) == 0);
    make("tree/z", "zz");
    make("tree/b.txt", "b");
    make("tree/b/deep/a", "aaa");
    CHECK(symlink("z", in_folder("tree/a_link")) == 0);
    CHECK(symlink("..", in_folder("tree/b/up")) == 0);
    CHECK(symlink("nowhere", in_folder("tree/lost")) == 0);
}

static void drop_tree(void)
{
    static const char *const names[] = {"tree/a_link", "tree/b/up",     "tree/lost",
                                        "tree/z",      "tree/b/deep/a", "tree/b.txt"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        CHECK(unlink(in_folder(names[i])) == 0);
    }
    CHECK(rmdir(in_folder("tree/b/deep")) == 0 && rmdir(in_folder("tree/b")) == 0);
    CHECK(rmdir(in_folder("tree")) == 0);
}

/* every file once, in the order of the bytes, and no going in circles */
static void test_folder(void)
{
    static const ebb_entry_t want[] = {
        {"a_link", 2}, {"b.txt", 1}, {"b/deep/a", 3}, {"z", 2}};
    ebb_folder_t tree;
    ebb_error_t error = {0};
    make_tree();
    CHECK(ebb_folder_open(&tree, in_folder("tree"), &error) == EBB_OK);
    CHECK(tree.count == 4);
    for (size_t i = 0; i < tree.count && i < 4; i++) {
        ebb_input_t input;
        CHECK_STRING(tree.entries[i].name, want[i].name);
        CHECK(tree.entries[i].size == want[i].size);
        CHECK(tree.open(&tree, i, &input, &error) == EBB_OK);
        CHECK(input.size == want[i].size);
        CHECK(tree.close(&tree, &input, &error) == EBB_OK);
    }
    ebb_folder_close(&tree);
    ebb_folder_close(&tree); /* twice is harmless */
    CHECK(ebb_folder_open(&tree, in_folder("tree/z"), &error) == EBB_ERR_IO);
    CHECK(strstr(error.text, "cannot be listed") != NULL);
    CHECK(ebb_folder_open(&tree, in_folder("none"), &error) == EBB_ERR_IO);
    drop_tree();
    CHECK(mkdir(in_folder("empty"), 0700) == 0);
    CHECK(ebb_folder_open(&tree, in_folder("empty"), &error) == EBB_OK);
    CHECK(tree.count == 0);
    ebb_folder_close(&tree);
    CHECK(rmdir(in_folder("empty")) == 0);
}

int main(void)
{
    if (!mkdtemp(folder)) {
        return 1;
    }
    test_round_trip();
    test_beside();
    test_all_or_nothing();
    test_modes();
    test_link();
    test_refusals();
    test_threads();
    test_folder();
    unlink(in_folder("a"));
    rmdir(folder);
    return check_report(__FILE__);
}

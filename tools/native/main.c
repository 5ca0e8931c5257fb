/* SPDX-License-Identifier: MIT
 * Native code of the models that ship, made while the library is built:
 *
 *     emit_native OUT.c MODEL.ebb ...
 */
#include <stdio.h>

#include "emit.h"

static int add_file(emit_t *emit, const char *path)
{
    static char bytes[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file) {
        (void)fprintf(stderr, "%s: cannot be opened\n", path);
        return 1;
    }
    ebb_model_text_t text = {.bytes = bytes, .label = path};
    text.size = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    if (text.size == sizeof bytes) {
        (void)fprintf(stderr, "%s: must be smaller than 1 MiB\n", path);
        return 1;
    }
    ebb_model_t *model = NULL;
    ebb_error_t error = {0};
    int code = ebb_model_read(&model, &text, NULL, &error);
    code = code ? code : emit_model(emit, model, &error);
    ebb_model_free(model);
    if (code) {
        (void)fprintf(stderr, "%s: %s\n", path, error.text);
    }
    return code;
}

static int write_file(const emit_t *emit, const char *path)
{
    FILE *file = emit->code.failed ? NULL : fopen(path, "wb");
    size_t length = emit->code.length;
    int failed = !file || fwrite(emit->code.data, 1, length, file) != length;
    failed = (file && fclose(file)) || failed;
    if (failed) {
        (void)fprintf(stderr, "%s: cannot be written\n", path);
    }
    return failed;
}

int main(int argc, char **argv)
{
    emit_t emit;
    int failed = 0;
    if (argc < 3) {
        (void)fprintf(stderr, "usage: emit_native OUT.c MODEL.ebb ...\n");
        return 2;
    }
    emit_begin(&emit);
    for (int i = 2; i < argc && !failed; i++) {
        failed = add_file(&emit, argv[i]);
    }
    emit_end(&emit);
    failed = failed || write_file(&emit, argv[1]);
    emit_free(&emit);
    return failed;
}

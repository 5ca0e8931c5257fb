/* SPDX-License-Identifier: MIT */
#include "sample.h"

#include "load.h"
#include "talk.h"

exit_status_t sample_open(ebb_sample_t *sample, const char *path)
{
    source_t source = {0};
    ebb_error_t error = {0};
    if (!path) {
        return EXIT_OK;
    }
    exit_status_t status = source_open_file(&source, path);
    if (status == EXIT_OK) {
        status = ebb_sample_read(sample, source.text.bytes, source.text.size,
                                 source.text.label, &error)
                     ? talk_error(&error)
                     : EXIT_OK;
    }
    source_close(&source);
    return status;
}

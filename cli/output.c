/* SPDX-License-Identifier: MIT
 * Results to stdout or to files. The signal handler only notes the signal; the sink
 * sees the note, the file is dropped, and the signal is raised again with its usual
 * meaning. */
#define _DEFAULT_SOURCE
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "talk.h"

/* A handler can reach nothing but a global. */
static volatile sig_atomic_t caught_signal;

static const int caught_signals[] = {SIGINT, SIGTERM, SIGHUP};

static void note_signal(int number)
{
    caught_signal = number;
}

static void catch_signals(bool on)
{
    for (size_t i = 0; i < sizeof caught_signals / sizeof *caught_signals; i++) {
        struct sigaction now;
        bool ignored = sigaction(caught_signals[i], NULL, &now) == 0 &&
                       now.sa_handler == SIG_IGN; /* as under nohup: leave it */
        if (!ignored) {
            struct sigaction action = {.sa_handler = on ? note_signal : SIG_DFL};
            (void)sigaction(caught_signals[i], &action, NULL);
        }
    }
}

/* Signals mean what they always do again, and the one that came has its way now. */
static void release_signals(void)
{
    catch_signals(false);
    if (caught_signal) {
        (void)raise(caught_signal);
    }
}

/* Pipes, terminals and devices are written to, never replaced by a file. */
static bool is_special(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static int fail_here(ebb_error_t *error, const char *path)
{
    error->code = EBB_ERR_IO;
    (void)snprintf(error->where, sizeof error->where, "%s", path ? path : "stdout");
    (void)snprintf(error->text, sizeof error->text, "cannot be written: %s",
                   strerror(errno));
    return EBB_ERR_IO;
}

int output_open(output_t *output, const char *path, ebb_error_t *error)
{
    *output = (output_t){.fd = STDOUT_FILENO};
    if (!path || strcmp(path, "-") == 0) {
        return EBB_OK;
    }
    output->path = path;
    if (is_special(path)) {
        output->fd = open(path, O_WRONLY | O_NOCTTY);
        return output->fd < 0 ? fail_here(error, path) : EBB_OK;
    }
    output->fd = -1;
    catch_signals(true); /* before there is anything to tidy up */
    int code = ebb_file_begin(&output->writer, path, error);
    if (code) {
        release_signals();
        return code;
    }
    output->file = ebb_file_sink(output->writer);
    return EBB_OK;
}

static int write_fd(output_t *output, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = write(output->fd, bytes, length);
        if (n >= 0) {
            bytes += n;
            length -= (size_t)n;
        } else if (errno == EPIPE) {
            output->pipe_closed = true;
            return EBB_ERR_IO;
        } else if (errno != EINTR) {
            return EBB_ERR_IO;
        }
    }
    return EBB_OK;
}

static int write_output(void *user, const char *bytes, size_t length)
{
    output_t *output = user;
    if (output->writer) {
        return caught_signal ? EBB_ERR_CANCELLED
                             : output->file.write(output->file.user, bytes, length);
    }
    errno = 0;
    return write_fd(output, bytes, length);
}

ebb_sink_t output_sink(output_t *output)
{
    return (ebb_sink_t){write_output, output};
}

static int close_fd(output_t *output, int code, ebb_error_t *error)
{
    if (code == EBB_ERR_IO && !output->pipe_closed) {
        (void)fail_here(error, output->path);
    }
    if (output->path && close(output->fd) && code == EBB_OK) {
        code = fail_here(error, output->path); /* some disks tell only now */
    }
    return output->pipe_closed ? EBB_OK : code;
}

static int close_file(output_t *output, int code, ebb_error_t *error)
{
    /* commit also tells what an earlier write met */
    if (caught_signal || (code != EBB_OK && code != EBB_ERR_IO)) {
        ebb_file_abandon(output->writer);
    } else {
        code = ebb_file_commit(output->writer, error);
    }
    release_signals();
    return code;
}

exit_status_t output_close(output_t *output, int code, ebb_error_t *error)
{
    code = output->writer ? close_file(output, code, error)
                          : close_fd(output, code, error);
    if (code == EBB_OK) {
        return EXIT_OK;
    }
    error->code = code;
    return talk_error(error);
}

exit_status_t output_text(const char *path, ebb_text_t *text)
{
    ebb_error_t error = {0};
    output_t output;
    int code = text->failed ? text->failed : output_open(&output, path, &error);
    if (code) {
        error.code = code;
        ebb_text_free(text);
        return talk_error(&error);
    }
    const char *data = text->data ? text->data : "";
    code = write_output(&output, data, text->length);
    ebb_text_free(text);
    return output_close(&output, code, &error);
}

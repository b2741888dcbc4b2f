#define _GNU_SOURCE
#include "CIsolation.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The interface of landlock(7), written out: the headers of a distribution are often older than its kernel.
   System calls have had the same numbers on all machines since these. */
enum { call_create = 444, call_add_rule = 445, call_restrict = 446 };
enum { ask_version = 1, rule_beneath = 1 };
enum {
    write_file = 1 << 1,
    read_file = 1 << 2,
    read_folder = 1 << 3,
    remove_file = 1 << 5,
    make_file = 1 << 8,
    truncate_file = 1 << 14
};
/* Everything that version 1 knows (EXECUTE … MAKE_SYM), and what came later. */
enum { first_rights = (1 << 13) - 1, refer = 1 << 13, device_ioctl = 1 << 15 };
enum { bind_and_connect = 3, sockets_and_signals = 3 };

struct rules {
    uint64_t files, network, scopes;
};
struct beneath {
    uint64_t rights;
    int32_t folder;
} __attribute__((packed));

int ws_files_version(void) {
    long version = syscall(call_create, NULL, 0, ask_version);
    return version > 0 ? (int)version : 0;
}

static uint64_t known_rights(int version) {
    return first_rights | (version >= 2 ? refer : 0) | (version >= 3 ? truncate_file : 0) |
        (version >= 5 ? device_ioctl : 0);
}

int ws_files_begin(void) {
    int version = ws_files_version();
    if (!version) return -ENOSYS;
    struct rules rules = {known_rights(version), version >= 4 ? bind_and_connect : 0,
        version >= 6 ? sockets_and_signals : 0};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    long descriptor = syscall(call_create, &rules, size, 0);
    return descriptor < 0 ? -errno : (int)descriptor;
}

int ws_files_allow(int rules, const char *path, int writing) {
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return errno;
    struct stat status;
    uint64_t rights = read_file | (writing ? write_file | truncate_file : 0);
    if (!fstat(place, &status) && S_ISDIR(status.st_mode))
        rights |= read_folder | (writing ? remove_file | make_file : 0);
    struct beneath beneath = {rights & known_rights(ws_files_version()), place};
    int failed = syscall(call_add_rule, rules, rule_beneath, &beneath, 0) ? errno : 0;
    close(place);
    return failed;
}

static int allow_library(struct dl_phdr_info *library, size_t size, void *rules) {
    (void)size;
    char folder[PATH_MAX];
    const char *end = strrchr(library->dlpi_name, '/');
    size_t length = end ? (size_t)(end - library->dlpi_name) : 0;
    if (length == 0 || length >= sizeof folder) return 0;
    memcpy(folder, library->dlpi_name, length);
    folder[length] = 0;
    ws_files_allow(*(int *)rules, folder, 0);
    return 0;
}

int ws_files_allow_program(int rules) {
    dl_iterate_phdr(allow_library, &rules);
    return ws_files_allow(rules, "/proc/self/exe", 0);
}

int ws_files_enforce(int rules) {
    int failed = syscall(call_restrict, rules, 0) ? errno : 0;
    close(rules);
    return failed;
}

#define _GNU_SOURCE
#include "CIsolation.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
enum { machine = AUDIT_ARCH_X86_64 };
#elif defined(__aarch64__)
enum { machine = AUDIT_ARCH_AARCH64 };
#else
enum { machine = 0 };
#endif

/* What may be called with whatever arguments: memory, threads, clocks, and files as far as Landlock lets them be named.
   Neither sockets nor processes, neither mounts nor keys, nor what changes a file's mode, owner or times by its name. */
static const int open_calls[] = {
    SYS_futex, SYS_madvise, SYS_mprotect, SYS_mmap, SYS_munmap, SYS_mremap, SYS_brk, SYS_membarrier, SYS_mbind,
    SYS_get_mempolicy, SYS_mincore,
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_pwrite64, SYS_lseek, SYS_close, SYS_openat, SYS_fstat,
    SYS_newfstatat, SYS_statx, SYS_statfs, SYS_fstatfs, SYS_faccessat, SYS_readlinkat, SYS_getdents64, SYS_getcwd,
    SYS_ftruncate, SYS_fallocate, SYS_fsync, SYS_fdatasync, SYS_renameat, SYS_renameat2, SYS_unlinkat, SYS_dup, SYS_dup3,
    SYS_fcntl, SYS_pipe2, SYS_ppoll, SYS_pselect6, SYS_eventfd2, SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_pwait,
    SYS_timerfd_create, SYS_timerfd_settime, SYS_listxattr, SYS_flistxattr, SYS_getxattr, SYS_fgetxattr, SYS_umask,
    SYS_exit, SYS_exit_group, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall,
    SYS_set_tid_address, SYS_set_robust_list, SYS_get_robust_list, SYS_sched_yield, SYS_sched_getaffinity, SYS_getcpu,
    SYS_sched_getparam, SYS_sched_getscheduler, SYS_sched_get_priority_max, SYS_sched_get_priority_min,
    SYS_clock_gettime, SYS_clock_getres, SYS_clock_nanosleep, SYS_nanosleep, SYS_gettimeofday, SYS_times, SYS_getrusage,
    SYS_getpid, SYS_gettid, SYS_getppid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_uname, SYS_sysinfo,
    SYS_getrandom,
#ifdef SYS_rseq
    SYS_rseq,
#endif
#ifdef SYS_faccessat2
    SYS_faccessat2,
#endif
#ifdef SYS_close_range
    SYS_close_range,
#endif
#if defined(__x86_64__)
    SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_rename, SYS_unlink, SYS_dup2, SYS_pipe, SYS_poll,
    SYS_select, SYS_epoll_create, SYS_epoll_wait, SYS_time, SYS_getrlimit, SYS_arch_prctl,
#endif
};

/* From this number on (Linux 5.3) the system calls are those that libraries try and do without. */
enum { first_optional_call = 434 };

/* A program of the kernel's filter machine (classic BPF) under construction. */
struct filter {
    struct sock_filter steps[320];
    unsigned short length;
};

static void add(struct filter *filter, uint16_t code, uint32_t value, uint8_t if_true, uint8_t if_false) {
    if (filter->length < sizeof filter->steps / sizeof filter->steps[0])
        filter->steps[filter->length++] = (struct sock_filter){code, if_true, if_false, value};
}

static void load(struct filter *filter, size_t offset) { add(filter, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }

static void answer(struct filter *filter, uint32_t with) { add(filter, BPF_RET | BPF_K, with, 0, 0); }

static void allow(struct filter *filter, int call) {
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
    answer(filter, SECCOMP_RET_ALLOW);
}

/* Allows a call when one of its arguments has one of these values; refuses it otherwise. */
static void allow_when(struct filter *filter, int call, int argument, const uint32_t *values, int count) {
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, (uint8_t)(2 + 2 * count));
    load(filter, offsetof(struct seccomp_data, args) + 8 * (size_t)argument);
    for (int index = 0; index < count; index++) {
        add(filter, BPF_JMP | BPF_JEQ | BPF_K, values[index], 0, 1);
        answer(filter, SECCOMP_RET_ALLOW);
    }
    answer(filter, SECCOMP_RET_ERRNO | EPERM);
}

/* A thread, in the same namespaces; no process. */
static void allow_threads(struct filter *filter) {
    uint32_t spaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 5);
    load(filter, offsetof(struct seccomp_data, args));
    add(filter, BPF_JMP | BPF_JSET | BPF_K, spaces, 2, 0);
    add(filter, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1);
    answer(filter, SECCOMP_RET_ALLOW);
    answer(filter, SECCOMP_RET_ERRNO | EPERM);
}

static void build(struct filter *filter) {
    load(filter, offsetof(struct seccomp_data, arch));
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)machine, 1, 0);
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    load(filter, offsetof(struct seccomp_data, nr));
    for (size_t index = 0; index < sizeof open_calls / sizeof open_calls[0]; index++) allow(filter, open_calls[index]);
    const uint32_t itself = (uint32_t)getpid(), this_one[] = {0, itself};
    const uint32_t terminal[] = {TCGETS, TIOCGWINSZ, FIONREAD};
    const uint32_t names[] = {PR_SET_NAME, PR_GET_NAME, 0x53564d41 /* PR_SET_VMA */};
    allow_when(filter, SYS_tgkill, 0, &itself, 1);
    allow_when(filter, SYS_prlimit64, 0, this_one, 2);
    allow_when(filter, SYS_sched_setaffinity, 0, this_one, 1);
    allow_when(filter, SYS_ioctl, 1, terminal, 3);
    allow_when(filter, SYS_prctl, 0, names, 3);
    allow_threads(filter);
#ifdef SYS_clone3
    /* Its flags lie in memory, where no filter sees them; the C library then takes `clone`. */
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1);
    answer(filter, SECCOMP_RET_ERRNO | ENOSYS);
#endif
    add(filter, BPF_JMP | BPF_JGE | BPF_K, 0x40000000 /* x32 */, 2, 0);
    add(filter, BPF_JMP | BPF_JGE | BPF_K, first_optional_call, 0, 1);
    answer(filter, SECCOMP_RET_ERRNO | ENOSYS);
    answer(filter, SECCOMP_RET_ERRNO | EPERM);
}

int ws_wall_system_calls(void) {
    if (machine == 0) return ENOSYS;
    static struct filter filter;
    memset(&filter, 0, sizeof filter);
    build(&filter);
    if (filter.length >= sizeof filter.steps / sizeof filter.steps[0]) return E2BIG;
    struct sock_fprog program = {filter.length, filter.steps};
    /* For every thread there is, and those to come. */
    long failed = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
    return failed < 0 ? errno : failed > 0 ? EBUSY : 0;
}

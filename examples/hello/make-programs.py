#!/usr/bin/env python3
"""Writes bin/hello-<arch>: a static ELF program of some hundred bytes per architecture that prints one line.

The programs are committed, so that nobody needs a cross compiler to try Slipway; this is how they were made.
Each is: write(1, message, length); exit(0).
"""
import os
import struct

BASE = 0x400000
HEADER = 64 + 56  # ELF header and one program header


def amd64(message, address, length):
    return (
        b"\xb8\x01\x00\x00\x00"  # mov eax, 1 (write)
        + b"\xbf\x01\x00\x00\x00"  # mov edi, 1
        + b"\xbe" + struct.pack("<I", address)  # mov esi, message
        + b"\xba" + struct.pack("<I", length)  # mov edx, length
        + b"\x0f\x05"  # syscall
        + b"\xb8\x3c\x00\x00\x00"  # mov eax, 60 (exit)
        + b"\x31\xff"  # xor edi, edi
        + b"\x0f\x05"  # syscall
    )


def arm64(message, address, length):
    def movz(register, value, shift=0):
        return 0xD2800000 | (shift << 21) | (value << 5) | register

    def movk(register, value, shift):
        return 0xF2800000 | (shift << 21) | (value << 5) | register

    svc = 0xD4000001
    code = [
        movz(0, 1),
        movz(1, address & 0xFFFF),
        movk(1, address >> 16, 1),
        movz(2, length),
        movz(8, 64),  # write
        svc,
        movz(0, 0),
        movz(8, 93),  # exit
        svc,
    ]
    return b"".join(struct.pack("<I", word) for word in code)


def riscv64(message, address, length):
    def addi(rd, rs, value):
        return ((value & 0xFFF) << 20) | (rs << 15) | (rd << 7) | 0x13

    def lui(rd, value):
        return (value << 12) | (rd << 7) | 0x37

    high = (address + 0x800) >> 12
    low = address - (high << 12)
    code = [
        addi(10, 0, 1),
        lui(11, high),
        addi(11, 11, low),
        addi(12, 0, length),
        addi(17, 0, 64),  # write
        0x73,  # ecall
        addi(10, 0, 0),
        addi(17, 0, 93),  # exit
        0x73,
    ]
    return b"".join(struct.pack("<I", word) for word in code)


def elf(machine, flags, assemble, arch):
    message = f"Hello from Slipway, built for linux/{arch}.\n".encode()
    size = len(assemble(message, BASE, len(message)))
    code = assemble(message, BASE + HEADER + size, len(message))
    total = HEADER + len(code) + len(message)
    header = b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack(
        "<HHIQQQIHHHHHH", 2, machine, 1, BASE + HEADER, 64, 0, flags, 64, 56, 1, 64, 0, 0
    )
    program = struct.pack("<IIQQQQQQ", 1, 5, 0, BASE, BASE, total, total, 0x1000)
    return header + program + code + message


here = os.path.dirname(os.path.abspath(__file__))
os.makedirs(os.path.join(here, "bin"), exist_ok=True)
for arch, machine, flags, assemble in [
    ("amd64", 62, 0, amd64),
    ("arm64", 183, 0, arm64),
    ("riscv64", 243, 4, riscv64),
]:
    path = os.path.join(here, "bin", "hello-" + arch)
    with open(path, "wb") as out:
        out.write(elf(machine, flags, assemble, arch))
    os.chmod(path, 0o755)

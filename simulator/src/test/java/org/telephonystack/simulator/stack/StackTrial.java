package org.telephonystack.simulator.stack;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// Started as a process of its own by [StackTest]: starts a stack and waits to be interrupted.
final class StackTrial {

    private StackTrial() {}

    public static void main(String[] arguments) throws InterruptedException {
        Stack stack = Stack.builder(Path.of(arguments[0])).start();
        stack.processes().forEach(process -> System.out.println("pid " + process.pid()));
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}

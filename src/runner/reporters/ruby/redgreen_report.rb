# frozen_string_literal: true

require 'json'
require 'openssl'

# Writes the sealed report of a Ruby test runner; the counterpart of writer.ts.
class RedgreenReport
  # Opens the report, and takes its key and its place away before a test runs.
  def initialize
    path = ENV.delete('REDGREEN_REPORT')
    return if path.nil?

    @key = File.read("#{path}.key")
    File.unlink("#{path}.key")
    # Written at once and in order: what is not in the file when the runner is killed has not been seen.
    @file = File.open(path, File::WRONLY | File::CREAT | File::EXCL | File::APPEND, 0o600)
    @file.sync = true
    @own = Process.pid
    @count = 0
  end

  # A process that a test has forked has no word in it.
  def put(event)
    return if @file.nil? || Process.pid != @own

    body = JSON.generate(event)
    seal = OpenSSL::HMAC.hexdigest('SHA256', @key, "#{@count}:#{body}")[0, 32]
    @file.write("#{seal} #{body}\n")
    @count += 1
  end

  def self.clean(text)
    text.to_s.dup.force_encoding('UTF-8').scrub
  end

  def self.message_of(error)
    "#{error.class}: #{clean(error.message)}"[0, 4000]
  end
end

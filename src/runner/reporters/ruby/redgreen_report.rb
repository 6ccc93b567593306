# frozen_string_literal: true

require 'json'
require 'openssl'

# Writes the sealed report of a Ruby test runner. The counterpart of writer.ts.
class RedgreenReport
  # Opens the report. Deletes the variable and the key before a test runs.
  def initialize
    path = ENV.delete('REDGREEN_REPORT')
    return if path.nil?

    @key = File.read("#{path}.key")
    File.unlink("#{path}.key")
    # Written synchronously and in order, so that the report is correct up to the moment at which the runner is killed.
    @file = File.open(path, File::WRONLY | File::CREAT | File::EXCL | File::APPEND, 0o600)
    @file.sync = true
    @pid = Process.pid
    @count = 0
  end

  # A process that a test forked must not write to the report.
  def write(event)
    return if @file.nil? || Process.pid != @pid

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

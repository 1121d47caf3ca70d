"""Help of the statistics desk."""

from canbo.web.help.page import HelpPage

PAGES = {
    "statistics": HelpPage(
        title="Thống kê",
        purpose="Đếm người theo chỉ tiêu, vào một ngày, trong phạm vi được giao; mỗi con số mở ra được danh sách người.",
        steps=(
            "Bấm một bảng lập sẵn, hoặc chọn đối tượng, ngày, dòng, cột, mở “Chỉ tiêu” để đánh dấu chỉ tiêu rồi bấm “Tính”.",
            "So hai ngày, nhiều mốc ngày, bản đồ đơn vị cũ hay mới và biểu đồ nằm trong “Điều kiện, so sánh ngày, bản đồ, biểu đồ”.",
            "Bấm vào một ô số để xem những người trong ô ấy; xuất Excel, Word đúng như trên màn hình; “Lưu bảng” để dùng lại.",
        ),
        mistakes=(
            "Tỷ lệ luôn tính trên số người ghi ở dòng đầu bảng; đổi tập hợp thì mẫu số đổi theo.",
            "Người chưa rõ được đếm riêng, không cộng vào “không”.",
        ),
    ),
    "statistics-people": HelpPage(
        title="Những người trong số liệu",
        purpose="Danh sách đúng những người đứng sau một con số của bảng thống kê.",
        steps=(
            "Xem dòng đầu: con số ấy nói về ai, tính đến ngày nào.",
            "Bấm vào họ tên để mở hồ sơ, nếu vai trò được xem hồ sơ.",
            "Xuất Excel nếu cần đối chiếu.",
        ),
        mistakes=("Quay lại bảng bằng nút Lùi của trình duyệt; bảng vẫn giữ nguyên cách tính.",),
    ),
    "statistics-kept": HelpPage(
        title="Bảng đã lưu",
        purpose="Những câu hỏi thống kê bạn giữ lại hoặc được chia sẻ; con số được đếm lại mỗi lần mở.",
        steps=(
            "Bấm tên bảng để mở đúng như đã lưu.",
            "Bấm “Làm mới đến hôm nay” để đếm lại vào ngày hôm nay.",
            "Bấm “Xóa” ở bảng của mình khi không dùng nữa.",
        ),
        mistakes=("Bảng được chia sẻ chỉ đếm trong phạm vi của người mở; hai người có thể thấy hai con số khác nhau.",),
    ),
    "statistics-form": HelpPage(
        title="Biểu mẫu báo cáo",
        purpose="Lập biểu theo mẫu đã ban hành vào một ngày, theo cây đơn vị, kèm các phép kiểm tra.",
        steps=(
            "Chọn mẫu, ngày, đơn vị rồi bấm “Lập biểu”.",
            "Xem phần “Kiểm tra biểu”: dòng chữ đỏ nói rõ đơn vị và cột không khớp; bấm vào ô để xem những người trong ô.",
            "Xuất Excel hoặc Word để trình ký.",
        ),
        mistakes=(
            "Tổng các nhóm thấp hơn số hiện có thường do hồ sơ thiếu ngày sinh hoặc ngạch; bổ sung hồ sơ rồi lập lại.",
            "BM01 là mẫu năm 2012; hãy hỏi cơ quan cấp trên mẫu đang dùng trước khi gửi.",
        ),
    ),
    "figure-check": HelpPage(
        title="Kiểm tra số liệu",
        purpose="Một con số đã in có thể có hay không, từ bao nhiêu người, và hồ sơ có cho cùng con số không.",
        steps=(
            "Ghi các số đúng như đã in, mỗi dòng một số; ghi tổng số người nếu biết.",
            "Chọn đối tượng, chỉ tiêu, ngày để đối chiếu với hồ sơ.",
            "Nhiều số thì tải lên hoặc dán bảng CSV, xem dòng nào “Không thể”, xuất Excel.",
        ),
        mistakes=("Mức tăng giữa hai tỷ lệ là điểm phần trăm, không phải phần trăm.",),
    ),
}
